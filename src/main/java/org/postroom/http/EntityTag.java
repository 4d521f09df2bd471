package org.postroom.http;

import org.jspecify.annotations.Nullable;

/** Versions as entity tags (RFC 9110, 8.8.3), and the versions If-Match asks for. */
public final class EntityTag {
  private EntityTag() {}

  /** {@code "7"}, with its quotes. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /** Null where any version will do; a tag that is none of ours matches no version. */
  public static @Nullable Long version(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) return null;
    String digits = ifMatch.strip().replaceFirst("^W/", "").replace("\"", "");
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1L;
  }
}
