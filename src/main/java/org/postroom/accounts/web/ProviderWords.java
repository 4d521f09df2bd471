package org.postroom.accounts.web;

import org.postroom.accounts.Account;

/** How the kinds of accounts are called on pages. */
final class ProviderWords {
  private ProviderWords() {}

  static String of(Account.Kind kind) {
    return switch (kind) {
      case MICROSOFT -> "Microsoft";
      case GOOGLE -> "Google";
      case EXCHANGE -> "Exchange";
      case SMTP -> "SMTP";
      case LOCAL -> "Local mailbox";
    };
  }

  static boolean signsIn(Account.Kind kind) {
    return kind == Account.Kind.MICROSOFT || kind == Account.Kind.GOOGLE;
  }
}
