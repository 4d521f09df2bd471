package org.postroom.compose.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import org.postroom.testkit.RunningPostroom;

/** Documents to look at templates with. */
final class TemplateScene {
  private TemplateScene() {}

  static void fill(RunningPostroom postroom) {
    put(
        postroom,
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR",
         "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example"]}}
        """);
    for (String document :
        new String[] {"invoice/INV-2026-0412", "invoice/INV-2026-0413", "quote/Q-1"})
      put(
          postroom,
          "/api/v1/documents/" + document,
          """
          {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
           "lines": [{"description": "Rye flour, stone ground", "sku": "RF-25", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
           "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00"},
           "bill_to": {"name": "Contoso Bakery", "email": null}}
          """);
  }

  /** A template of the company; its id. */
  static String template(RunningPostroom postroom, String purpose, String language, String name) {
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/templates",
            """
            {"purpose": "%s", "language": "%s", "name": "%s",
             "body": {"subject": "%s {{document.number}}", "greeting": "Hello,",
                      "message": "Here is **{{document.number}}**.", "closing": "Bye",
                      "signature": true, "signature_text": "Yours", "item_table": true}}
            """
                .formatted(purpose, language, name, name));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private static void put(RunningPostroom postroom, String path, String body) {
    HttpResponse<String> reply = postroom.put(path, body);
    assertThat(reply.statusCode()).as(path + reply.body()).isBetween(200, 201);
  }
}
