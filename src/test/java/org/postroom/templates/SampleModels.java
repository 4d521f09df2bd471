package org.postroom.templates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models as compose makes them. */
final class SampleModels {
  private SampleModels() {}

  static Map<String, Object> full() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put(
        "document",
        new LinkedHashMap<>(
            Map.ofEntries(
                Map.entry("kind", "invoice"),
                Map.entry("kind_label", "Invoice"),
                Map.entry("number", "INV-2026-0412"),
                Map.entry("issue_date", "2026-11-02"),
                Map.entry("due_date", "2026-12-02"),
                Map.entry("currency", "EUR"),
                Map.entry("net", "1079.41"),
                Map.entry("tax", "205.09"),
                Map.entry("gross", "1284.50"),
                Map.entry("paid", "0"),
                Map.entry("due", "1284.50"),
                Map.entry(
                    "references",
                    Map.of("customer_order", "PO-88123", "carrier", "DHL", "tracking", "JD0146")),
                Map.entry("fields", Map.of()),
                Map.entry(
                    "lines",
                    List.of(
                        Map.of("description", "Espresso", "quantity", "2", "amount", "20.00"),
                        Map.of("description", "Filter", "quantity", "1", "amount", "9.00"))))));
    model.put("partner", Map.of("ref", "10042", "name", "Contoso Bakery Ltd.", "language", "en"));
    model.put("contact", Map.of("name", "Anna Byrne"));
    model.put("company", company());
    model.put("sender", Map.of("name", "Jonas Peters", "email", "jonas@acme.example"));
    model.put("links", Map.of());
    return model;
  }

  static Map<String, Object> withLink(String link) {
    Map<String, Object> model = full();
    model.put("links", Map.of(link, "https://pay.acme.example/pay/k3v9?a=1&b=2"));
    return model;
  }

  static Map<String, Object> company() {
    return Map.of(
        "name", "Acme Coffee GmbH",
        "email", "hello@acme.example",
        "phone", "+49 40 123456-0",
        "website", "www.acme.example",
        "address", List.of("Speicherstadt 12", "20457 Hamburg", "Germany"),
        "tax_id", "DE 123 456 789",
        "colour", "#0f766e");
  }
}
