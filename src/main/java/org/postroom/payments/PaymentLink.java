package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;

/**
 * A page on which a customer pays or decides, for whoever has its address. The address itself is
 * {@link PaymentLinks#url}.
 *
 * @param items what it is for; several only for deposits of one customer
 * @param partner ref, null while the document names nobody
 * @param currency ISO 4217
 * @param amount what was asked for when it was made; the page reads it again. Null for approvals
 * @param state as of now: a link whose time is over is expired
 * @param expiresAt null: never
 * @param openedAt when the customer first looked, null: not yet
 * @param usedAt when it was paid in full, approved or declined
 * @param message id of the message it was first sent with, null: only generated
 */
public record PaymentLink(
    String company,
    String id,
    Kind kind,
    List<Item> items,
    @Nullable String partner,
    String currency,
    @Nullable BigDecimal amount,
    State state,
    Payment payment,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant openedAt,
    @Nullable Instant usedAt,
    @Nullable String message) {

  public PaymentLink {
    items = List.copyOf(items);
  }

  /** One document and its share of the amount; null for approvals. */
  public record Item(DocumentKind kind, String number, @Nullable BigDecimal amount) {}

  public enum Kind {
    /** What is due of an invoice. */
    INVOICE,
    /** Money asked for before delivery, on orders, quotes or deposit requests. */
    DEPOSIT,
    /** A quote to approve or decline. */
    APPROVAL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> of(String word) {
      return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /** Whether the link can still be used. */
  public enum State {
    USABLE,
    USED,
    EXPIRED,
    WITHDRAWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> of(String word) {
      return Stream.of(values()).filter(state -> state.word().equals(word)).findFirst();
    }
  }

  /** How far paying or deciding has come: a second answer beside the state. */
  public enum Payment {
    NOT_PAID,
    /** Handed to a provider that has not said yes or no. */
    PROCESSING,
    PART_PAID,
    PAID,
    DECLINED,
    REFUNDED,
    APPROVED,
    NOT_APPROVED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
