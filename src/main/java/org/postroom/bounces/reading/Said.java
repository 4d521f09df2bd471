package org.postroom.bounces.reading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.Action;

/**
 * What a report says of one recipient, before it is understood.
 *
 * @param status empty where none was given
 * @param diagnostic the words of the server, or of whoever wrote the report
 * @param context the report's own words about this recipient
 */
record Said(
    @Nullable String address, Action action, String status, String diagnostic, String context) {
  private static final Pattern REPLY =
      Pattern.compile("(?<![\\w./-])(?<!\\w:)[45][0-5]\\d[ ,:-](?=\\D|\\d\\.\\d)");

  Said(@Nullable String address, Action action, String status, String diagnostic) {
    this(address, action, status, diagnostic, "");
  }

  /** The server's own words out of those around them, where a reply code shows their begin. */
  Said quoted() {
    Matcher reply = REPLY.matcher(diagnostic);
    if (!reply.find()) return this;
    return new Said(
        address, action, status, diagnostic.substring(reply.start()), context + "\n" + diagnostic);
  }

  Said of(@Nullable String address) {
    return new Said(address, action, status, diagnostic, context);
  }

  /** The same of other words. */
  Said quoting(String words) {
    return new Said(address, action, status, words, context);
  }

  Said withContext(String context) {
    return new Said(address, action, status, diagnostic, context);
  }
}
