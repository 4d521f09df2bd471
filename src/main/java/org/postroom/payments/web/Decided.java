package org.postroom.payments.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wrote to decide about a quote.
 *
 * @param choice {@code approve} or {@code decline}; anything else decides nothing
 */
record Decided(String choice, String name, String comment) {
  static final int LONGEST_NAME = 200;
  static final int LONGEST_COMMENT = 2000;
  static final Decided NOTHING = new Decided("", "", "");

  static Decided of(@Nullable String choice, @Nullable String name, @Nullable String comment) {
    return new Decided(
        Objects.requireNonNullElse(choice, ""),
        Objects.requireNonNullElse(name, "").strip(),
        Objects.requireNonNullElse(comment, "").strip());
  }

  boolean approves() {
    return choice.equals("approve");
  }

  boolean declines() {
    return choice.equals("decline");
  }

  /** Field → what is wrong with it; empty where it can be noted. */
  Map<String, String> faults(PageWords say) {
    Map<String, String> faults = new LinkedHashMap<>();
    if (name.isEmpty()) faults.put("name", say.say("approve.name.missing"));
    if (name.length() > LONGEST_NAME)
      faults.put("name", say.say("approve.name.long", "" + LONGEST_NAME));
    if (declines() && comment.isEmpty())
      faults.put("comment", say.say("approve.reason.missing"));
    if (comment.length() > LONGEST_COMMENT)
      faults.put("comment", say.say("approve.comment.long", "" + LONGEST_COMMENT));
    return faults;
  }
}
