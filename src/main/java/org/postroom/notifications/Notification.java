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
    GOODS_RECEIVED,
    QUOTE_APPROVED,
    QUOTE_DECLINED,
    PAYMENT_RECEIVED,
    PAYMENT_DECLINED,
    GATEWAY_TROUBLE,
    NEW_LINK_ASKED,
    OTHER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst().orElse(OTHER);
    }
  }
}
