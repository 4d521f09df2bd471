package org.postroom.payments.web;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.payments.LinkFilter;
import org.postroom.payments.PaymentLink.State;

/** The parts of the list of links. */
enum LinkTab {
  OPEN("Open", "Nothing is open. Links that wait for a customer would be here."),
  USED("Used", "Nothing has been paid or decided by a link yet."),
  ENDED("Ended", "No link has expired or was withdrawn."),
  LOOK("To look at", "Nothing needs you.");

  private final String words;
  private final String empty;

  LinkTab(String words, String empty) {
    this.words = words;
    this.empty = empty;
  }

  static LinkTab of(@Nullable String word) {
    return Arrays.stream(values()).filter(tab -> tab.word().equals(word)).findFirst().orElse(OPEN);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String words() {
    return words;
  }

  /** What stands where there is none. */
  public String empty() {
    return empty;
  }

  LinkFilter filter() {
    return switch (this) {
      case OPEN -> LinkFilter.ALL.states(State.USABLE);
      case USED -> LinkFilter.ALL.states(State.USED);
      case ENDED -> LinkFilter.ALL.states(State.EXPIRED, State.WITHDRAWN);
      case LOOK -> LinkFilter.ALL.onlyToLookAt();
    };
  }
}
