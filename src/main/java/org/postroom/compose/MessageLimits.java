package org.postroom.compose;

import java.util.List;
import java.util.Locale;
import org.postroom.accounts.Account;
import org.postroom.http.Problem;
import org.postroom.outbox.Draft;

/** What one message may be for its account: said before it is accepted, not by the provider. */
final class MessageLimits {
  private MessageLimits() {}

  /** Refuses with 422 at {@code /to}. */
  static void checkRecipients(Account account, List<Draft.To> recipients) {
    int most = account.limits().recipients();
    if (recipients.size() <= most) return;
    throw Problem.invalid(
        "/to",
        "too_many",
        String.format(
            Locale.ROOT,
            "The message goes to %,d people; “%s” takes at most %,d a message.",
            recipients.size(),
            account.name(),
            most));
  }

  /** By the size on the wire. */
  static boolean tooLarge(Account account, long size) {
    long most = account.limits().messageBytes();
    return most > 0 && size > most;
  }

  /** Refuses with 422 at {@code /attachments}, by the size on the wire. */
  static void checkSize(Account account, byte[] mime) {
    long most = account.limits().messageBytes();
    if (!tooLarge(account, mime.length)) return;
    throw Problem.invalid(
        "/attachments",
        "too_large",
        String.format(
            Locale.ROOT,
            "The message has %.1f MB as it goes over the wire; “%s” takes at most %.1f MB.",
            mime.length / 1e6,
            account.name(),
            most / 1e6));
  }
}
