package org.postroom.documents;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.Stored.Change;
import org.postroom.documents.intake.DocumentJson;
import org.postroom.documents.ubl.Ubl;
import org.postroom.documents.ubl.UblDocument;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.Partners;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The documents of a company: read, checked, kept by the ERP's own number. */
@Service
public class Documents {
  private final Database database;
  private final Partners partners;
  private final List<DocumentArrival> arrivals;

  @Autowired
  Documents(Database database, Partners partners, ObjectProvider<DocumentArrival> arrivals) {
    this.database = database;
    this.partners = partners;
    this.arrivals = arrivals.stream().toList();
  }

  /** Where nobody waits for documents. */
  Documents(Database database, Partners partners) {
    this.database = database;
    this.partners = partners;
    this.arrivals = List.of();
  }

  /** Reads JSON: 400 where it is none, 422 with every field that is wrong. */
  public Document readJson(DocumentKind kind, String number, byte[] body) {
    return readJson(kind, number, DocumentJson.parse(body));
  }

  /** Reads a document that stands inside another JSON body; pointers start at the document. */
  public Document readJson(DocumentKind kind, String number, JsonNode body) {
    checkNumber(number);
    return Sums.check(DocumentJson.read(kind, number, body), UnaryOperator.identity());
  }

  /** Reads UBL; kind and number stand in the XML. 422 where it is another XML. */
  public Received readUbl(byte[] body) {
    return checked(Ubl.read(body));
  }

  /** Reads UBL that must carry this number and be able to be of this kind. */
  public Received readUbl(DocumentKind kind, String number, byte[] body) {
    return checked(Ubl.read(body, kind, number));
  }

  /** Stores a document. Repeatable: the same document again changes nothing. */
  public Stored put(Caller caller, Document document, Source source) {
    return put(caller, new Received(document, null), source);
  }

  /** Stores a document; the party it goes to becomes a partner in the same transaction. */
  public Stored put(Caller caller, Received received, Source source) {
    caller.require(Right.WRITE_DOCUMENTS);
    String company = caller.company();
    Document document = received.document();
    Key key = new Key(company, document.kind(), document.number());
    DocumentJson.Kept kept = DocumentJson.keep(document);
    return database.write(sql -> {
      if (received.newcomer() != null) partners.adopt(company, received.newcomer());
      return put(sql, key, document, kept, source);
    });
  }

  /**
   * Keeps documents that Postroom made itself, such as statements, in one transaction: there is
   * nothing that came in to be kept beside them. Making one again replaces it.
   */
  public void make(Caller caller, List<Document> made) {
    caller.require(Right.WRITE_DOCUMENTS);
    List<DocumentJson.Kept> kept = made.stream().map(DocumentJson::keep).toList();
    if (made.isEmpty()) return;
    database.run(sql -> {
      for (int i = 0; i < made.size(); i++) make(sql, caller.company(), made.get(i), kept.get(i));
    });
  }

  public Optional<StoredDocument> find(String company, DocumentKind kind, String number) {
    Key key = new Key(company, kind, number);
    return database.read(
        sql -> new DocumentRows(sql).find(key).map(row -> whole(sql, key, row, row.document())));
  }

  /**
   * Newest first, without lines and payments.
   *
   * @param cursor from the slice before, null for the start
   */
  public Slice<StoredDocument> list(
      String company, DocumentFilter filter, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "doc");
    List<StoredDocument> oneMore =
        database.read(sql ->
            new DocumentRows(sql)
                .list(company, filter, limit, before).stream()
                    .map(row -> stored(row, row.head(), List.of(), null, true))
                    .toList());
    return Slice.of(oneMore, limit, StoredDocument::id);
  }

  /**
   * Notes a payment. The same reference again is the same payment; with another amount or date 409.
   *
   * @return the document with what is still due
   */
  public StoredDocument pay(Caller caller, DocumentKind kind, String number, NewPayment payment) {
    caller.require(Right.WRITE_DOCUMENTS);
    Key key = new Key(caller.company(), kind, number);
    return database.write(sql -> pay(sql, key, payment));
  }

  /**
   * What these customers' documents add to their balances, in no order; for {@code asOf} and what
   * came before. The list may also hold what came later.
   *
   * @param settledToo with everything that was settled by then, for activity
   * @param zone whose day a document without a date arrived on
   */
  public List<Receivable> receivables(
      String company,
      Collection<String> partners,
      LocalDate asOf,
      boolean settledToo,
      ZoneId zone) {
    return database.read(
        sql -> new ReceivableRows(sql).of(company, partners, asOf, settledToo, zone));
  }

  /**
   * An invoice by what a look through many needs.
   *
   * @param amount still to be paid, more than zero
   */
  public record Due(String partner, String number, LocalDate dueDate, BigDecimal amount) {}

  /**
   * Customers with an open invoice that is due until then, by their refs.
   *
   * @param after the last of those before, empty for the start
   * @param last where to stop, null for the end
   */
  public List<String> partnersDue(
      String company, LocalDate latest, String after, @Nullable String last, int most) {
    return database.read(sql -> DueRows.partners(sql, company, latest, after, last, most));
  }

  /** Their open invoices due until then, in no order. */
  public List<Due> due(String company, Collection<String> partners, LocalDate latest) {
    return database.read(sql -> DueRows.due(sql, company, partners, latest));
  }

  /** One customer's open invoices due until then, the longest due first. */
  public List<OpenInvoice> openInvoices(
      String company, String partner, LocalDate latest, int most) {
    return database.read(sql -> DueRows.of(sql, company, partner, latest, most));
  }

  /**
   * When the ERP last told anything about payments, to about ten minutes: a payment, or a document
   * that says what of it is paid, be it unchanged. Empty where it never did.
   */
  public Optional<Instant> paymentsToldAt(String company) {
    return database.read(sql -> DueRows.told(sql, company));
  }

  /** Notes that the ERP told about payments; joins the caller's transaction. */
  public void paymentsTold(String company) {
    database.run(sql -> DueRows.tell(sql, company, sql.now()));
  }

  /** The PDF the ERP made itself. */
  public Optional<FinishedPdf> pdf(String company, DocumentKind kind, String number) {
    return database.read(sql -> new FileRows(sql).pdf(new Key(company, kind, number)));
  }

  /** What came in last, byte for byte. */
  public Optional<Source> source(String company, DocumentKind kind, String number) {
    return database.read(sql -> new FileRows(sql).source(new Key(company, kind, number)));
  }

  private Stored put(Sql sql, Key key, Document document, DocumentJson.Kept kept, Source source) {
    var rows = new DocumentRows(sql);
    var files = new FileRows(sql);
    Optional<DocumentRows.Row> before = rows.lock(key);
    if (Owed.of(document) != null) DueRows.tell(sql, key.company(), sql.now());
    if (before.isPresent() && isSame(before.get(), kept) && samePdf(files, key, source.pdf()))
      return new Stored(Change.UNCHANGED, whole(sql, key, before.get(), document));
    if (before.isPresent() && paidDiffers(before.get().head(), document))
      new PaymentRows(sql).stopCounting(key);
    List<Payment> payments = new PaymentRows(sql).of(key);
    BigDecimal due = due(document, payments);
    DocumentRows.Row row = rows.save(key, document, kept, due, payments, sql.now());
    files.keep(key, source);
    files.keep(key, source.pdf());
    Change change = row.version() == 1 ? Change.CREATED : Change.UPDATED;
    if (change == Change.CREATED)
      arrivals.forEach(each -> each.arrived(key.company(), key.kind(), key.number()));
    return new Stored(change, whole(sql, key, row, document));
  }

  private static void make(Sql sql, String company, Document made, DocumentJson.Kept kept) {
    Key key = new Key(company, made.kind(), made.number());
    var rows = new DocumentRows(sql);
    Optional<DocumentRows.Row> before = rows.lock(key);
    if (before.isPresent() && isSame(before.get(), kept)) return;
    rows.save(key, made, kept, made.amountDue(), List.of(), sql.now());
  }

  private static boolean isSame(DocumentRows.Row before, DocumentJson.Kept kept) {
    return before.kept().equals(kept);
  }

  private static boolean samePdf(FileRows files, Key key, @Nullable FinishedPdf pdf) {
    Optional<FinishedPdf> before = files.pdf(key);
    if (pdf == null || before.isEmpty()) return pdf == null && before.isEmpty();
    return Arrays.equals(before.get().bytes(), pdf.bytes());
  }

  /**
   * A document that says something new about what is paid has taken in the payments told so far.
   */
  private static boolean paidDiffers(Document before, Document after) {
    return paid(before).compareTo(paid(after)) != 0;
  }

  private static BigDecimal paid(Document document) {
    Totals totals = document.totals();
    return totals == null ? BigDecimal.ZERO : Sums.paid(totals);
  }

  private static @Nullable BigDecimal due(Document document, List<Payment> payments) {
    BigDecimal told = document.amountDue();
    if (told == null) return null;
    return payments.stream()
        .filter(Payment::counted)
        .map(Payment::amount)
        .reduce(told, BigDecimal::subtract);
  }

  private StoredDocument pay(Sql sql, Key key, NewPayment told) {
    var rows = new DocumentRows(sql);
    var payments = new PaymentRows(sql);
    DocumentRows.Row row = rows.lock(key).orElseThrow(() -> missing(key));
    Document document = row.document();
    checkCurrency(document, told);
    Instant now = sql.now();
    DueRows.tell(sql, key.company(), now);
    LocalDate date = told.date();
    Optional<Payment> before =
        payments.of(key).stream()
            .filter(payment -> payment.reference().equals(told.reference()))
            .findFirst();
    if (before.isPresent()) {
      checkSame(before.get(), told);
      return whole(sql, key, row, document);
    }
    payments.add(key, new Payment(told.reference(), told.amount(), date, true, now));
    List<Payment> all = payments.of(key);
    rows.due(key, document, due(document, all), all, now);
    return whole(sql, key, rows.find(key).orElseThrow(), document);
  }

  private static void checkCurrency(Document document, NewPayment told) {
    if (told.currency() == null || told.currency().equals(document.currency())) return;
    throw Problem.invalid(
        "/currency",
        "contradiction",
        "The document is in " + document.currency() + ", the payment in " + told.currency() + ".");
  }

  private static void checkSame(Payment before, NewPayment told) {
    boolean same =
        before.amount().compareTo(told.amount()) == 0 && before.date().equals(told.date());
    if (!same)
      throw Problem.conflict(
          "payment_differs",
          "Payment “"
              + told.reference()
              + "” is known already: "
              + before.amount().toPlainString()
              + " on "
              + before.date()
              + ".");
  }

  private StoredDocument whole(Sql sql, Key key, DocumentRows.Row row, Document document) {
    Integer pages = new FileRows(sql).pages(key).orElse(null);
    String partner = document.partner();
    boolean known = partner == null || partners.find(key.company(), partner).isPresent();
    return stored(row, document, new PaymentRows(sql).of(key), pages, known);
  }

  private static StoredDocument stored(
      DocumentRows.Row row,
      Document document,
      List<Payment> payments,
      @Nullable Integer pages,
      boolean partnerKnown) {
    return new StoredDocument(
        row.id(),
        document,
        row.version(),
        row.due(),
        payments,
        pages,
        partnerKnown,
        row.createdAt(),
        row.updatedAt());
  }

  private static Received checked(UblDocument ubl) {
    checkNumber(ubl.document().number());
    return new Received(
        Sums.check(
            ubl.document(), place -> Objects.requireNonNullElse(ubl.places().get(place), place)),
        ubl.newcomer());
  }

  /** Numbers stand in addresses and file names. */
  private static void checkNumber(String number) {
    boolean bad =
        number.isBlank()
            || !number.equals(number.strip())
            || number.length() > 100
            || number.equals(".")
            || number.equals("..")
            || number
                .chars()
                .anyMatch(c -> c < 32 || (c >= 127 && c < 160) || c == 0x2028 || c == 0x2029);
    if (bad)
      throw Problem.invalid(
          "number",
          "bad_number",
          "A document number has 1 to 100 characters, no control characters and no spaces around it.");
  }

  private static Problem missing(Key key) {
    return Problem.notFound(
        "The " + key.kind().word().replace('_', ' ') + " “" + key.number() + "”");
  }
}
