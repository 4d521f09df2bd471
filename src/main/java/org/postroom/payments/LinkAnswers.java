package org.postroom.payments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.documents.Document;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.springframework.stereotype.Service;

/** What customers did by a link, for themselves to read again on its page. */
@Service
public class LinkAnswers {
  private final Database database;
  private final Notifications notifications;

  LinkAnswers(Database database, Notifications notifications) {
    this.database = database;
    this.notifications = notifications;
  }

  /**
   * @param name who decided, as they wrote it
   */
  public record Decision(boolean approved, String name, @Nullable String comment, Instant at) {}

  /** The money that came by a link and, as negative amounts, went back; oldest first. */
  public List<Paid> payments(PaymentLink link) {
    return database.read(sql -> new LinkAnswerRows(sql).payments(link));
  }

  /** Empty while nobody has decided. */
  public Optional<Decision> decision(PaymentLink link) {
    return database.read(sql -> new LinkAnswerRows(sql).decision(link));
  }

  /**
   * Tells the company that a customer wants a new link, once a day; nothing is sent by itself.
   *
   * @return false where somebody asked within a day
   */
  public boolean askForNew(PaymentLink link) {
    return database.write(sql -> {
      if (!new LinkAnswerRows(sql).ask(link)) return false;
      new LinkHistoryRows(sql)
          .warn(
              link.company(),
              link.id(),
              "Customer",
              "Asked for a new link, because this one has expired.");
      notifications.publish(news(link, sql.now()));
      return true;
    });
  }

  private static NewNotification news(PaymentLink link, Instant at) {
    PaymentLink.Item first = link.items().getFirst();
    String about = first.kind().words().toLowerCase(Locale.ROOT) + " " + first.number();
    return NewNotification.of(
            link.company(),
            link.id() + "/asked/" + at.getEpochSecond(),
            Notification.Kind.NEW_LINK_ASKED,
            "A customer asks for a new link for " + about,
            first.kind().word(),
            first.number())
        .link("/payments/" + link.id());
  }

  /** Whether a customer asked for a new link within a day. */
  public boolean isAsked(PaymentLink link) {
    return database.read(sql -> new LinkAnswerRows(sql).isAsked(link));
  }

  /** The last day on which a quote can be approved; null: any day. */
  public static @Nullable LocalDate validUntil(Document quote) {
    return Asked.validUntil(quote);
  }
}
