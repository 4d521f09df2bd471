package org.postroom.bounces;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.OfRecipient;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.Notifications;
import org.postroom.outbox.Message;
import org.postroom.outbox.Returns.News;
import org.springframework.stereotype.Component;

/**
 * Tells the company's people that a recipient will not get a message, or called it spam: once for
 * each recipient of each message. Subjects are not told, because everybody reads this.
 */
@Component
class CameBack {
  private final Notifications notifications;

  CameBack(Notifications notifications) {
    this.notifications = notifications;
  }

  /** Joins the caller's transaction. */
  void tell(News news, OfRecipient of, Message message, String address) {
    switch (news) {
      case BOUNCED ->
          tell(Kind.MAIL_CAME_BACK, message, address, " came back", because(of) + meaning(of));
      case COMPLAINED ->
          tell(
              Kind.MAIL_UNWANTED,
              message,
              address,
              " was reported as spam",
              "Nothing more is sent to this address until somebody unblocks it.");
      case DELIVERED, PASSED_ON, HELD_UP, ANSWERED -> {}
    }
  }

  private void tell(Kind kind, Message message, String address, String what, String text) {
    Message.DocumentRef document = message.document();
    notifications.publish(
        new NewNotification(
            message.company(),
            message.id() + "/" + kind.word() + "/" + address.toLowerCase(Locale.ROOT),
            kind,
            named(document) + " to " + address + what,
            text,
            document == null ? null : document.kind(),
            document == null ? null : document.number(),
            "/messages/" + message.id()));
  }

  private static String named(Message.@Nullable DocumentRef document) {
    if (document == null) return "A message";
    String kind = document.kind().replace('_', ' ');
    return kind.substring(0, 1).toUpperCase(Locale.ROOT)
        + kind.substring(1)
        + " "
        + document.number();
  }

  private static String because(OfRecipient of) {
    String reply = Words.reply(of);
    return of.reason().sentence() + (reply == null ? "" : "\nThe server said: " + reply);
  }

  private static String meaning(OfRecipient of) {
    if (of.hard()) return "\nNothing more is sent to this address until somebody unblocks it.";
    return switch (of.reason().fault()) {
      case OURS -> "\nThis is our matter, not the recipient's: others may be refused as well.";
      case ADDRESS, SERVER, NOBODYS -> "";
    };
  }
}
