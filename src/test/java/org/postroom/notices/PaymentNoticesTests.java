package org.postroom.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.access.Access;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.postroom.payments.PaymentNews;
import org.postroom.payments.PaymentNews.What;
import org.postroom.testkit.RunningPostroom;

class PaymentNoticesTests {
  private static RunningPostroom postroom;
  private static String company;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    company = postroom.bean(Access.class).companies().getFirst().id();
    for (String path : List.of("quote/Q-1", "invoice/INV-1"))
      assertThat(
              postroom
                  .put(
                      "/api/v1/documents/" + path,
                      "{\"currency\": \"EUR\", \"buyer\": {\"name\": \"Contoso Bakery\"}}")
                  .statusCode())
          .isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void whatCustomersDidWithLinksIsToldOnceInTheCommitThatNotesIt() {
    tell("pay_1/succeeded", What.PAYMENT_SUCCEEDED, DocumentKind.INVOICE, "INV-1", "1284.5", null);
    tell("pay_1/succeeded", What.PAYMENT_SUCCEEDED, DocumentKind.INVOICE, "INV-1", "1284.5", null);
    tell("pay_1/declined", What.PAYMENT_DECLINED, DocumentKind.INVOICE, "INV-9", "10", "No funds.");
    tell("pay_2/approved", What.QUOTE_APPROVED, DocumentKind.QUOTE, "Q-1", null, null);
    tell("pay_3/declined", What.QUOTE_DECLINED, DocumentKind.QUOTE, "Q-1", null, "Too late.");
    assertThatThrownBy(() ->
            postroom
                .bean(Database.class)
                .run(sql -> {
                  tell("pay_4", What.QUOTE_APPROVED, DocumentKind.QUOTE, "Q-1", null, null);
                  throw new IllegalStateException("undone");
                }))
        .hasMessageContaining("undone");
    assertThat(postroom.bean(Notifications.class).list(company, 50, null).data())
        .extracting(Notification::title, Notification::text, told -> told.kind().word())
        .containsExactly(
            tuple("Contoso Bakery declined quote Q-1", "Too late.", "quote_declined"),
            tuple("Contoso Bakery approved quote Q-1", "", "quote_approved"),
            tuple(
                "The customer could not pay 10.00 EUR for invoice INV-9",
                "No funds.",
                "payment_declined"),
            tuple("Contoso Bakery paid 1,284.50 EUR for invoice INV-1", "", "payment_received"));
  }

  private static void tell(
      String id,
      What what,
      DocumentKind kind,
      String number,
      @Nullable String amount,
      @Nullable String reason) {
    BigDecimal paid = amount == null ? null : new BigDecimal(amount);
    String currency = amount == null ? null : "EUR";
    var news =
        new PaymentNews.News(
            company, id, what, "pay_1", kind, number, paid, currency, reason, Instant.now());
    postroom.bean(PaymentNotices.class).heard(news);
  }
}
