package org.postroom.documents;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.http.Problem;

/**
 * A file somebody wants to send along: named so that every system takes it, of a kind that mail
 * servers let through, and really what its name says.
 */
record AttachedFile(String name, String contentType, byte[] content) {
  static final int MOST_BYTES = 25 * 1024 * 1024;
  static final int MOST_FILES = 50;
  private static final int LONGEST_NAME = 120;

  /** What receiving servers throw away unread, or the whole mail with it. */
  private static final Set<String> REFUSED =
      Set.of(
          "ade", "adp", "apk", "appx", "bat", "cab", "chm", "cmd", "com", "cpl", "dll", "dmg",
          "exe", "hta", "ins", "isp", "iso", "jar", "js", "jse", "lib", "lnk", "mde", "msc", "msi",
          "msp", "mst", "nsh", "pif", "ps1", "scr", "sct", "shb", "sys", "vb", "vbe", "vbs", "vhd",
          "vxd", "wsc", "wsf", "wsh");

  /** 413 where it is too large, 422 where it cannot go along. */
  static AttachedFile check(String name, byte[] content) {
    checkName(name);
    if (content.length > MOST_BYTES)
      throw Problem.of(413, "too_large", "“" + name + "” is larger than 25 MB.");
    if (content.length == 0) throw wrong("empty", "“" + name + "” is empty.");
    String ending = ending(name);
    if (REFUSED.contains(ending) || FileType.isProgram(content))
      throw wrong("program", "“" + name + "” is a program; mail servers refuse such attachments.");
    return new AttachedFile(name, FileType.of(name, ending, content), content);
  }

  static void checkName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME || !name.equals(name.strip()))
      throw wrong(
          "bad_name", "A file name has 1 to " + LONGEST_NAME + " characters, no spaces around it.");
    if (name.startsWith(".") || name.endsWith("."))
      throw wrong("bad_name", "A file name does not start or end with a dot.");
    if (name.codePoints().anyMatch(AttachedFile::isUnsafe))
      throw wrong(
          "bad_name",
          "A file name holds no slashes, none of \\ : * ? \" < > | and no invisible characters.");
  }

  /** The last ending in small letters, empty without one. */
  static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** 422 where there would be more than go along with one document. */
  static void checkCount(int already) {
    if (already >= MOST_FILES)
      throw Problem.invalid(
          "/file", "too_many", "There are " + MOST_FILES + " files already, the most possible.");
  }

  static Problem missing(String file, String where) {
    return Problem.invalid(
        "/attachments",
        "missing_attachment",
        "The file “" + file + "” is not " + where + " (any more).");
  }

  /** Names from everywhere are welcome; not those that fool readers or break file systems. */
  private static boolean isUnsafe(int point) {
    if ("/\\:*?\"<>|".indexOf(point) >= 0) return true;
    return List.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.UNASSIGNED)
        .contains(Character.getType(point));
  }

  private static Problem wrong(String code, String message) {
    return Problem.invalid("/file", code, message);
  }
}
