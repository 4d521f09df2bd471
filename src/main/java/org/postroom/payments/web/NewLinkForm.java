package org.postroom.payments.web;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.payments.NewLink;
import org.postroom.payments.NewLink.Wanted;
import org.postroom.payments.PaymentLink;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * A link somebody wants, as typed. The first row is the document the page is about.
 *
 * @param what the link's kind as a word
 */
record NewLinkForm(String what, List<Row> rows, String expires) {

  NewLinkForm {
    rows = List.copyOf(rows);
  }

  /** One document, perhaps with an amount. */
  record Row(DocumentKind kind, String number, boolean on, String amount) {
    public String about() {
      return kind.words() + " " + number;
    }
  }

  /** The kinds of links a document can have. */
  static List<PaymentLink.Kind> kinds(DocumentKind of) {
    return switch (of) {
      case INVOICE -> List.of(PaymentLink.Kind.INVOICE);
      case DEPOSIT, SALES_ORDER -> List.of(PaymentLink.Kind.DEPOSIT);
      case QUOTE -> List.of(PaymentLink.Kind.APPROVAL, PaymentLink.Kind.DEPOSIT);
      default -> List.of();
    };
  }

  /** Names of fields: {@code items/0/kind}, {@code items/0/number}, …; bounded. */
  static NewLinkForm of(MultiValueMap<String, String> posted) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 21 && posted.containsKey(at(i, "number")); i++) {
      Optional<DocumentKind> kind = DocumentKind.of(one(posted, at(i, "kind")));
      if (kind.isEmpty()) throw Problem.notFound("This document");
      rows.add(
          new Row(
              kind.get(),
              one(posted, at(i, "number")),
              i == 0 || posted.containsKey(at(i, "on")),
              one(posted, at(i, "amount"))));
    }
    if (rows.isEmpty()) throw Problem.notFound("This document");
    return new NewLinkForm(one(posted, "what"), rows, one(posted, "expires"));
  }

  /** What is wanted; 422 with pointers into this form. */
  NewLink wanted(ZoneId zone) {
    List<FieldError> wrong = new ArrayList<>();
    Optional<PaymentLink.Kind> kind = PaymentLink.Kind.of(what);
    if (kind.isEmpty()) wrong.add(new FieldError("/what", "required", "Choose what it is for."));
    boolean deposit = kind.filter(PaymentLink.Kind.DEPOSIT::equals).isPresent();
    List<Wanted> items = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (!row.on() || (i > 0 && !deposit)) continue;
      BigDecimal amount = null;
      if (deposit && !row.amount().isBlank()) {
        amount = Amounts.read(row.amount()).orElse(null);
        if (amount == null)
          wrong.add(
              new FieldError(
                  "/" + at(i, "amount"), "invalid", "This is no amount such as 119.00."));
      }
      items.add(new Wanted(row.kind(), row.number(), amount));
    }
    Instant end = end(zone, wrong);
    if (kind.isEmpty() || !wrong.isEmpty()) throw Problem.invalid(wrong);
    return new NewLink(kind.get(), items, end);
  }

  /** What was said about the wanted items, at the rows they came from. */
  Problem here(Problem problem) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) if (rows.get(i).on()) chosen.add(i);
    List<FieldError> errors =
        problem.errors().stream()
            .map(error ->
                new FieldError(here(error.pointer(), chosen), error.code(), error.message()))
            .toList();
    return errors.isEmpty() ? problem : Problem.invalid(errors);
  }

  private static String here(String pointer, List<Integer> chosen) {
    String[] parts = pointer.split("/");
    if (pointer.equals("/expires_at")) return "/expires";
    if (parts.length < 3 || !parts[2].matches("[0-9]{1,2}")) return "/what";
    int wanted = Integer.parseInt(parts[2]);
    int row = wanted < chosen.size() ? chosen.get(wanted) : 0;
    return "/" + at(row, "amount");
  }

  /** The link ends when the day does. */
  private @Nullable Instant end(ZoneId zone, List<FieldError> wrong) {
    if (expires.isBlank()) return null;
    try {
      return LocalDate.parse(expires.strip()).plusDays(1).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException noDay) {
      wrong.add(new FieldError("/expires", "invalid", "This is no day."));
      return null;
    }
  }

  /** Where the first document's mail is written. */
  static String sendAddress(PaymentLink link) {
    PaymentLink.Item item = link.items().getFirst();
    String purpose =
        switch (link.kind()) {
          case INVOICE -> "payment_link";
          case DEPOSIT -> "deposit_link";
          case APPROVAL -> "quote_approval";
        };
    return "/send?kind="
        + item.kind().word()
        + "&number="
        + UriUtils.encode(item.number(), StandardCharsets.UTF_8)
        + "&purpose="
        + purpose;
  }

  private static String at(int row, String field) {
    return "items/" + row + "/" + field;
  }

  private static String one(MultiValueMap<String, String> posted, String name) {
    String value = posted.getFirst(name);
    return value == null ? "" : value.strip();
  }
}
