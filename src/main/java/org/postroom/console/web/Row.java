package org.postroom.console.web;

import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Chip;
import org.postroom.outbox.Message;

/** One message in a list, in words. */
record Row(
    String id,
    Chip status,
    String title,
    @Nullable String subject,
    @Nullable String partner,
    String recipients,
    String account,
    Instant at,
    @Nullable String note,
    @Nullable String expected) {

  static Row of(Message message, Chip status, @Nullable String partner, String account) {
    String title = title(message);
    return new Row(
        message.id(),
        status,
        title,
        message.subject().startsWith(title) ? null : message.subject(),
        partner,
        recipients(message),
        account,
        message.createdAt(),
        message.note(),
        null);
  }

  /** With when it will leave about. */
  Row expected(@Nullable String words) {
    return new Row(id, status, title, subject, partner, recipients, account, at, note, words);
  }

  /** "Invoice INV-2026-0412", or the subject of a free mail. */
  static String title(Message message) {
    Message.DocumentRef document = message.document();
    if (document == null) return message.subject().isBlank() ? "(no subject)" : message.subject();
    return words(document.kind()) + " " + document.number();
  }

  /** {@code credit_memo} as people write it. */
  static String words(String word) {
    if (word.isEmpty()) return word;
    if (word.equals("rma")) return "RMA";
    return Character.toUpperCase(word.charAt(0)) + word.substring(1).replace('_', ' ');
  }

  private static String recipients(Message message) {
    String first =
        message.recipients().stream()
            .limit(2)
            .map(recipient -> recipient.address().spec())
            .collect(Collectors.joining(", "));
    int more = message.recipients().size() - 2;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
