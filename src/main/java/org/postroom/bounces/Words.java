package org.postroom.bounces;

import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;
import org.postroom.outbox.Returns.News;

/** What the timeline says of a report, in plain words. */
final class Words {
  private Words() {}

  static String of(Kind kind, News news, OfRecipient of, @Nullable String from) {
    String by = from == null ? "" : " from " + from;
    String whose = of.address() == null ? "" : of.address() + ": ";
    return switch (news) {
      case BOUNCED -> "Came back" + by + ". " + whose + of.reason().sentence();
      case DELIVERED -> "A delivery report" + by + " says it arrived. " + named(of);
      case PASSED_ON -> "Passed on" + by + " to a server that reports nothing more. " + named(of);
      case COMPLAINED -> "Called unwanted. " + whose + of.reason().sentence();
      case HELD_UP -> "Still on its way" + by + ": the server tries again. " + named(of);
      case ANSWERED ->
          "A machine answered" + by + ", such as with a note of absence. The mail arrived there.";
    };
  }

  private static String named(OfRecipient of) {
    return of.address() == null ? "" : "Recipient: " + of.address() + ".";
  }

  /** What the server said, as it is kept with the recipient: {@code 550 5.1.1 no such user}. */
  static @Nullable String reply(OfRecipient of) {
    if (!of.diagnostic().isBlank()) return of.diagnostic();
    String code = of.replyCode() == null ? "" : of.replyCode() + " ";
    String reply = (code + (of.status() == null ? "" : of.status())).strip();
    return reply.isEmpty() ? null : reply;
  }
}
