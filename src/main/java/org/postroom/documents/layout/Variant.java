package org.postroom.documents.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;

/** The built-in layouts. */
enum Variant {
  USUAL("Built-in layout", DocumentKind.values()),
  PAYMENT_HISTORY("Invoice with payment history", DocumentKind.INVOICE),
  COMMERCIAL("Commercial invoice", DocumentKind.INVOICE);

  private final String label;
  private final List<DocumentKind> kinds;

  Variant(String label, DocumentKind... kinds) {
    this.label = label;
    this.kinds = List.of(kinds);
  }

  static Optional<Variant> of(String layout) {
    return Arrays.stream(values()).filter(variant -> variant.id().equals(layout)).findFirst();
  }

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  String id() {
    return this == USUAL ? Layouts.BUILT_IN : Layouts.BUILT_IN + ":" + word();
  }

  boolean prints(DocumentKind kind) {
    return kinds.contains(kind);
  }

  Layout layout() {
    return new Layout(id(), label, kinds);
  }
}
