package org.postroom.reminders;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.documents.OpenInvoice;
import org.postroom.partners.Partner;
import org.postroom.reminders.NextRun.Item;

/**
 * The list of what is open as a document of its own, in the currency most is open in. Amounts in
 * others stand in words beside their invoice and are not part of the sum.
 */
final class ReminderPaper {
  private static final int LONGEST_REF = 60;
  private final Company company;
  private final Standing standing;
  private final List<Item> items;
  private final LocalDate today;
  private final Map<String, OpenInvoice> invoices = new LinkedHashMap<>();

  private ReminderPaper(Company company, Standing standing, List<Item> items, LocalDate today) {
    this.company = company;
    this.standing = standing;
    this.items =
        items.stream()
            .sorted(Comparator.comparing(Item::dueDate).thenComparing(Item::invoice))
            .toList();
    this.today = today;
    standing.invoices().forEach(invoice -> invoices.put(invoice.number(), invoice));
  }

  static Document of(Company company, Standing standing, List<Item> items, LocalDate today) {
    return new ReminderPaper(company, standing, items, today).document();
  }

  private Document document() {
    Partner partner = Objects.requireNonNull(standing.partner());
    String currency = currency();
    BigDecimal sum =
        items.stream()
            .filter(item -> item.currency().equals(currency))
            .map(Item::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Partner.@Nullable Place place = partner.billTo();
    Party buyer =
        new Party(
            partner.name(),
            place == null ? List.of() : place.address(),
            place == null ? null : place.country(),
            null,
            partner.phone(),
            partner.taxId(),
            List.of());
    return new Document(
        DocumentKind.REMINDER,
        "REM-" + shortRef() + "-" + today,
        partner.ref(),
        today,
        null,
        null,
        currency,
        null,
        null,
        buyer,
        billTo(),
        null,
        null,
        List.of(),
        items.stream().map(item -> line(item, currency)).toList(),
        List.of(),
        List.of(),
        new Totals(null, null, null, sum, null, null, sum),
        PaymentTerms.NONE,
        Map.of(),
        List.of(),
        Map.of(),
        null,
        List.of());
  }

  /** The first invoice that names an address of its own decides where the mail goes. */
  private @Nullable Party billTo() {
    return items.stream()
        .map(item -> invoices.get(item.invoice()))
        .filter(Objects::nonNull)
        .map(OpenInvoice::billTo)
        .filter(party -> party != null && party.name() != null && party.email() != null)
        .findFirst()
        .orElse(null);
  }

  private String currency() {
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    for (Item item : items) sums.merge(item.currency(), item.amount(), BigDecimal::add);
    return sums.entrySet().stream()
        .max(
            Map.Entry.<String, BigDecimal>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .orElseThrow()
        .getKey();
  }

  private Line line(Item item, String currency) {
    OpenInvoice invoice = invoices.get(item.invoice());
    boolean ours = item.currency().equals(currency);
    String other = ours ? "" : ", " + item.amount().toPlainString() + " " + item.currency();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("due_date", item.dueDate().toString());
    if (item.daysOverdue() > 0) fields.put("days_late", BigDecimal.valueOf(item.daysOverdue()));
    return new Line(
        null,
        null,
        Layouts.kindLabel(DocumentKind.INVOICE, language()) + " " + item.invoice() + other,
        new ArrayList<>(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        ours ? item.amount() : null,
        invoice == null ? null : invoice.issueDate(),
        fields);
  }

  private Locale language() {
    Partner partner = standing.partner();
    return partner == null || partner.language() == null
        ? company.language()
        : Locale.forLanguageTag(partner.language());
  }

  /** A long ref is cut; what is cut off still tells two of them apart. */
  private String shortRef() {
    String ref = standing.ref();
    if (ref.length() <= LONGEST_REF) return ref;
    int end = Character.isHighSurrogate(ref.charAt(LONGEST_REF - 10)) ? 49 : LONGEST_REF - 9;
    UUID rest = UUID.nameUUIDFromBytes(ref.getBytes(StandardCharsets.UTF_8));
    return ref.substring(0, end).strip() + "~" + rest.toString().substring(0, 8);
  }
}
