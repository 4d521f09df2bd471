package org.postroom.bounces;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tells one report from another, and who wrote it, by its header alone.
 *
 * @param key the same for the same report, in whichever mailbox and however often it is read
 * @param from the domain it says it comes from; null where it does not say
 */
record ReportName(String key, @Nullable String from) {
  private static final int MOST_HEADER = 64 * 1024;
  private static final Pattern ID =
      Pattern.compile("(?im)^message-id:[ \\t]*(?:\\r?\\n[ \\t]+)?<([^<>\\s]{3,250})>");
  private static final Pattern FROM =
      Pattern.compile(
          "(?im)^from:[^\\r\\n]{0,500}@([a-z0-9][a-z0-9.-]{1,200}[a-z0-9])>?[ \\t]*\\r?$");

  static ReportName of(byte[] mime) {
    String header = header(mime);
    Matcher id = ID.matcher(header);
    String key = id.find() ? "id:" + hash(bytes(id.group(1))) : "all:" + hash(mime);
    Matcher from = FROM.matcher(header);
    return new ReportName(key, from.find() ? from.group(1).toLowerCase(Locale.ROOT) : null);
  }

  private static String header(byte[] mime) {
    String start =
        new String(mime, 0, Math.min(mime.length, MOST_HEADER), StandardCharsets.ISO_8859_1);
    int end = start.indexOf("\r\n\r\n");
    if (end < 0) end = start.indexOf("\n\n");
    return end < 0 ? start : start.substring(0, end);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
