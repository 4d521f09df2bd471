package org.postroom.documents;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.postroom.http.Problem;

/** What a file is: by its ending, checked against its first bytes where the ending fixes those. */
final class FileType {
  private static final String UNKNOWN = "application/octet-stream";
  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
  private static final String OPEN = "application/vnd.oasis.opendocument.";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("zip", "application/zip"),
          Map.entry("docx", OFFICE + "wordprocessingml.document"),
          Map.entry("xlsx", OFFICE + "spreadsheetml.sheet"),
          Map.entry("pptx", OFFICE + "presentationml.presentation"),
          Map.entry("odt", OPEN + "text"),
          Map.entry("ods", OPEN + "spreadsheet"),
          Map.entry("txt", "text/plain"),
          Map.entry("csv", "text/csv"),
          Map.entry("xml", "application/xml"),
          Map.entry("json", "application/json"),
          Map.entry("ics", "text/calendar"));

  private FileType() {}

  /** 422 where the content is not what the ending promises. */
  static String of(String name, String ending, byte[] content) {
    String type = TYPES.getOrDefault(ending, UNKNOWN);
    boolean fits =
        switch (type) {
          case "application/pdf" -> starts(content, "%PDF-");
          case "image/png" -> starts(content, "\u0089PNG\r\n\u001a\n");
          case "image/jpeg" -> starts(content, "\u00ff\u00d8\u00ff");
          case "image/gif" -> starts(content, "GIF8");
          case "image/tiff" -> starts(content, "II*\0") || starts(content, "MM\0*");
          case "text/plain", "text/csv", "application/json", "text/calendar", "application/xml" ->
              isText(content, type);
          case UNKNOWN -> true;
          default -> starts(content, "PK");
        };
    if (!fits)
      throw Problem.invalid(
          "/file",
          "wrong_content",
          "“" + name + "” does not hold what its ending ." + ending + " promises.");
    return type;
  }

  /** Windows and Unix programs and scripts, whatever they are called. */
  static boolean isProgram(byte[] content) {
    return starts(content, "MZ") || starts(content, "\u007fELF") || starts(content, "#!/");
  }

  /** Text of any old encoding has no zero bytes; UTF-16 says so at its start. */
  private static boolean isText(byte[] content, String type) {
    if (starts(content, "\u00ff\u00fe") || starts(content, "\u00fe\u00ff")) return true;
    if (type.equals("application/json")) return isUtf8(content);
    for (byte each : content) if (each == 0) return false;
    return true;
  }

  private static boolean isUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException otherEncoding) {
      return false;
    }
  }

  private static boolean starts(byte[] content, String latin1) {
    byte[] start = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return content.length >= start.length
        && Arrays.equals(content, 0, start.length, start, 0, start.length);
  }
}
