package org.postroom.documents.own;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.postroom.documents.DocumentKind;

/** A whole layout to begin from, from {@code layouts/}. */
public record Starter(String id, String name, List<DocumentKind> kinds) {
  private static final List<Starter> ALL =
      List.of(
          new Starter(
              "invoice",
              "Invoice with payment history",
              List.of(DocumentKind.INVOICE, DocumentKind.CREDIT_MEMO, DocumentKind.DEPOSIT)),
          new Starter(
              "packing_slip",
              "Packing slip to tick off and sign",
              List.of(DocumentKind.PACKING_SLIP, DocumentKind.SHIPMENT)),
          new Starter(
              "commercial_invoice",
              "Commercial invoice for customs",
              List.of(DocumentKind.INVOICE, DocumentKind.SHIPMENT)));

  public static List<Starter> all() {
    return ALL;
  }

  public static Optional<Starter> of(String id) {
    return ALL.stream().filter(starter -> starter.id().equals(id)).findFirst();
  }

  public Design design() {
    return new Design(file(".html"), file(".css"), null, List.of());
  }

  private String file(String ending) {
    try (InputStream stream = Starter.class.getResourceAsStream("/layouts/" + id + ending)) {
      if (stream == null) throw new IllegalStateException("No layouts/" + id + ending);
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
