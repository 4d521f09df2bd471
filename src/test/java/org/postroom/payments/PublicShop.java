package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.NewPayment;
import org.postroom.payments.NewLink.Wanted;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.StripeServer;
import org.postroom.testkit.TestDatabase;

/** A running company with a logo, an account and Stripe, whose customers have links. */
public final class PublicShop implements AutoCloseable {
  static final String IBAN = "DE89370400440532013000";
  private static final String PUBLIC = "https://pay.acme.example";
  private final RunningPostroom postroom;
  private final StripeServer stripe;
  private final Caller me;

  private PublicShop(RunningPostroom postroom, StripeServer stripe) {
    this.postroom = postroom;
    this.stripe = stripe;
    Access access = postroom.bean(Access.class);
    String company = access.companies().getFirst().id();
    this.me = access.caller(access.people(company).getFirst().id(), company).orElseThrow();
    access.updateCompany(me, branded(access.company(company), "#0b6e4f", logo()));
  }

  public static PublicShop on(TestDatabase database) {
    StripeServer stripe = StripeServer.start();
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(database));
    settings.put("POSTROOM_PUBLIC_URL", PUBLIC);
    settings.put("POSTROOM_STRIPE_URL", stripe.url());
    return new PublicShop(RunningPostroom.start(settings), stripe);
  }

  public RunningPostroom postroom() {
    return postroom;
  }

  StripeServer stripe() {
    return stripe;
  }

  Caller me() {
    return me;
  }

  PaymentLinks links() {
    return postroom.bean(PaymentLinks.class);
  }

  /** Cards and wallets by Stripe, and transfers. */
  void takesCards() {
    takesCards("Card or wallet", StripeServer.TEST_KEY);
    GatewaySettings settings = postroom.bean(GatewaySettings.class);
    settings.add(
        me,
        new GatewayDraft(Way.Kind.BANK, "Bank transfer", true, List.of(), null, null, null, null));
  }

  void takesCards(String title, String key) {
    GatewayDraft draft =
        new GatewayDraft(Way.Kind.STRIPE, title, true, List.of(), null, null, key, null);
    postroom.bean(GatewaySettings.class).add(me, draft);
  }

  /** An invoice of three lines over that sum. */
  void invoice(String number, String language, String gross) {
    document("invoice", number, language, "EUR", gross, "");
  }

  void document(
      String kind, String number, String language, String currency, String gross, String more) {
    BigDecimal sum = new BigDecimal(gross);
    BigDecimal net = sum.multiply(new BigDecimal("0.8")).setScale(2);
    put(
        "documents/" + kind + "/" + number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2099-12-02", "currency": "%s", "language": "%s",
         "references": {"customer_order": "PO-88"},
         "lines": [
          {"description": "Rye flour, type 1150", "details": ["Organic, 25 kg bags"], "quantity": "12", "unit": "bags", "amount": "%s"},
          {"description": "Sourdough starter", "quantity": "2.5", "unit": "kg", "amount": "0.00"}],
         "totals": {"net": "%s", "tax": "%s", "gross": "%s"}%s}
        """
            .formatted(currency, language, net, net, sum.subtract(net), sum, more));
  }

  void partner(String language) {
    put(
        "partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "%s",
         "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example"]}}
        """
            .formatted(language));
  }

  void put(String path, String json) {
    HttpResponse<String> reply = postroom.put("/api/v1/" + path, json);
    assertThat(reply.statusCode()).as(reply.body()).isIn(200, 201);
  }

  PaymentLink link(PaymentLink.Kind kind, DocumentKind of, String... numbers) {
    return links()
        .make(
            me,
            new NewLink(
                kind, Stream.of(numbers).map(no -> new Wanted(of, no, null)).toList(), null));
  }

  /** Where the link's page is on this machine. */
  String page(PaymentLink link) {
    return path(links().url(link));
  }

  static String path(String url) {
    assertThat(url).startsWith(PUBLIC);
    return url.substring(PUBLIC.length());
  }

  void paid(PaymentLink link, String reference, String amount, String way) {
    links()
        .paid(
            link.company(),
            link.id(),
            new Paid(
                reference,
                new BigDecimal(amount),
                link.currency(),
                Instant.parse("2026-11-20T14:05:00Z"),
                way));
  }

  /** Money the ERP tells of. */
  void told(String invoice, String amount) {
    var payment =
        new NewPayment("bank-1", new BigDecimal(amount), LocalDate.parse("2026-11-20"), "EUR");
    postroom.bean(Documents.class).pay(me, DocumentKind.INVOICE, invoice, payment);
  }

  void expire(PaymentLink link) {
    sql("UPDATE payment_links SET expires_at = 1000 WHERE id = '" + link.id() + "'");
  }

  void sql(String statement) {
    postroom.bean(Database.class).run(sql -> sql.sql(statement).update());
  }

  void change(java.util.function.UnaryOperator<Company> change) {
    Access access = postroom.bean(Access.class);
    access.updateCompany(me, change.apply(access.company(me.company())));
  }

  @Override
  public void close() {
    postroom.close();
    stripe.close();
  }

  static Company branded(Company before, String colour, byte[] logo) {
    return new Company(
        before.id(),
        before.name(),
        List.of("Mill Lane 4", "10115 Berlin"),
        "DE",
        "EUR",
        Locale.ENGLISH,
        ZoneId.of("Europe/Berlin"),
        "hello@acme.example",
        "+49 30 1234567",
        "www.acme.example",
        "DE123456789",
        "HRB 12345 B",
        "Example Bank",
        IBAN,
        "COBADEFFXXX",
        colour,
        logo,
        before.paper());
  }

  static byte[] logo() {
    var picture = new BufferedImage(520, 150, BufferedImage.TYPE_INT_ARGB);
    Graphics2D pen = picture.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(new Color(0x0b6e4f));
    pen.fillOval(5, 15, 120, 120);
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 72));
    pen.drawString("Acme Mill", 145, 100);
    pen.dispose();
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
