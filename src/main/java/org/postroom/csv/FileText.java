package org.postroom.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** The characters of a file that does not say how it is written. */
final class FileText {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private FileText() {}

  static String read(byte[] file, int mostBytes) throws BadCsv {
    if (file.length > mostBytes)
      throw new BadCsv(
          0, "The file is larger than " + size(mostBytes) + ", the most that is taken.");
    String text = decode(file);
    if (isWorkbook(file) || text.indexOf('\0') >= 0)
      throw new BadCsv(
          0, "This is no CSV file. In a spreadsheet program choose “Save as” and then “CSV”.");
    return text;
  }

  /** A mark at the start says it; else UTF-8 where it is sound, else what Windows writes. */
  private static String decode(byte[] file) {
    if (startsWith(file, 0xEF, 0xBB, 0xBF)) return new String(file, 3, file.length - 3, UTF_8);
    if (startsWith(file, 0xFF, 0xFE)) return new String(file, 2, file.length - 2, UTF_16LE);
    if (startsWith(file, 0xFE, 0xFF)) return new String(file, 2, file.length - 2, UTF_16BE);
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(file))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(file, WINDOWS);
    }
  }

  /** Excel's own files are archives (ZIP), older ones compound documents. */
  private static boolean isWorkbook(byte[] file) {
    return startsWith(file, 'P', 'K', 3, 4) || startsWith(file, 0xD0, 0xCF, 0x11, 0xE0);
  }

  private static boolean startsWith(byte[] file, int... start) {
    if (file.length < start.length) return false;
    for (int i = 0; i < start.length; i++) if ((file[i] & 0xff) != start[i]) return false;
    return true;
  }

  private static String size(int bytes) {
    return bytes >= 1024 * 1024 ? bytes / 1024 / 1024 + " MB" : bytes + " bytes";
  }
}
