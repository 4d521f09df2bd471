package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Enhanced status codes (RFC 3463) and replies (RFC 5321) in what servers say. */
final class Codes {
  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d]|\\.\\d)");
  private static final Pattern REPLY = Pattern.compile("(?<![\\d.:/-])([2-5][0-5]\\d)(?![\\d.:/])");

  private Codes() {}

  static String status(String text) {
    Matcher matcher = STATUS.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  static List<String> statuses(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = STATUS.matcher(text);
    while (matcher.find() && found.size() < 20) found.add(matcher.group(1));
    return found;
  }

  static @Nullable Integer reply(String text) {
    Matcher matcher = REPLY.matcher(text);
    return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
  }
}
