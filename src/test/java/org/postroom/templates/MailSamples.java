package org.postroom.templates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.postroom.testkit.TestDatabase;

/** Writes every built-in mail to {@code target/samples/mail}, to look at. */
final class MailSamples {
  static final List<String> PURPOSES =
      List.of(
          "quote",
          "order_confirmation",
          "order_allocation",
          "order_release",
          "ship_confirmation",
          "invoice",
          "credit_memo",
          "reminder",
          "statement",
          "payment_succeeded",
          "payment_declined",
          "deposit_link",
          "payment_link",
          "quote_approval",
          "packing_slip",
          "rma",
          "purchase_order",
          "item_receipt",
          "bill",
          "bill_payment",
          "goods_received",
          "portal_invitation",
          "direct_debit_invitation");

  private MailSamples() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of("target/samples/mail");
    Files.createDirectories(folder);
    Templates templates = new Templates(TestDatabase.SQLITE.open(null), company -> Locale.ENGLISH);
    for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
      for (String purpose : PURPOSES) {
        String link =
            purpose.contains("quote") ? "approve" : purpose.contains("invitation") ? "open" : "pay";
        Content content =
            templates.render(
                new Wish("com_1", purpose, null, null, language, SampleModels.withLink(link)));
        Path file = folder.resolve(purpose + "-" + language);
        Files.writeString(Path.of(file + ".html"), content.html());
        Files.writeString(
            Path.of(file + ".txt"), "Subject: " + content.subject() + "\n\n" + content.text());
      }
    }
  }
}
