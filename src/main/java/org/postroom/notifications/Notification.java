package org.postroom.notifications;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something a company's people are told inside the product.
 *
 * @param title one sentence, such as "Goods received: item receipt IR-7"
 * @param text more about it, may be empty
 * @param documentKind the word of a kind of document, null where it is about none
 * @param link path of a page that shows more than the document does, such as {@code
 *     /payments/pay_…}
 */
public record Notification(
    String company,
    String id,
    Kind kind,
    String title,
    String text,
    @Nullable String documentKind,
    @Nullable String documentNumber,
    @Nullable String link,
    Instant at) {

  /** What it is about. */
  public enum Kind {
    GOODS_RECEIVED("Goods received", "A document says that ordered goods arrived."),
    QUOTE_APPROVED("Quote approved", "A customer said yes by a link."),
    QUOTE_DECLINED("Quote declined", "A customer said no by a link."),
    PAYMENT_RECEIVED("Payment received", "A customer paid by a link."),
    PAYMENT_DECLINED("Payment declined", "A customer tried to pay by a link, and could not."),
    GATEWAY_TROUBLE("Payment provider", "A payment provider cannot be used as it is set up."),
    NEW_LINK_ASKED("New link wanted", "A customer found a link that had ended."),
    MAIL_CAME_BACK("Mail came back", "Mail that had been sent came back from a recipient."),
    MAIL_UNWANTED("Called unwanted", "A recipient reported mail of ours as spam."),
    OTHER("Notice", "Anything else.");

    private final String title;
    private final String explains;

    Kind(String title, String explains) {
      this.title = title;
      this.explains = explains;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** As people read it. */
    public String title() {
      return title;
    }

    /** When it is told, one sentence. */
    public String explains() {
      return explains;
    }

    /** A company may do without it. */
    public boolean optional() {
      return this != OTHER;
    }

    static Kind of(String word) {
      return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst().orElse(OTHER);
    }
  }
}
