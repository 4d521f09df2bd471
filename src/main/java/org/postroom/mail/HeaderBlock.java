package org.postroom.mail;

import java.util.ArrayList;
import java.util.List;

/** The header of a message as raw fields. */
final class HeaderBlock {
  private HeaderBlock() {}

  /** The place of the empty line's own CRLF. */
  static int end(byte[] mime) {
    for (int i = 0; i + 3 < mime.length; i++) {
      if (mime[i] == '\r' && mime[i + 1] == '\n' && mime[i + 2] == '\r' && mime[i + 3] == '\n')
        return i + 2;
    }
    throw new IllegalArgumentException("The message has no end of headers.");
  }

  /** Each field with its continuation lines and its last CRLF; joined they are the header again. */
  static List<String> fields(String header) {
    List<String> fields = new ArrayList<>();
    for (String line : header.split("(?<=\r\n)")) {
      boolean continues = line.startsWith(" ") || line.startsWith("\t");
      if (continues && !fields.isEmpty()) fields.set(fields.size() - 1, fields.getLast() + line);
      else if (!line.isEmpty()) fields.add(line);
    }
    return fields;
  }
}
