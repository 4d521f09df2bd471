package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.documents.DocumentKind;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Purpose;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** The link in a mail works when the mail arrives, and only then. */
@ParameterizedClass
@EnumSource
class LinksInMailsTests {
  private static final Pattern PAY =
      Pattern.compile("https://post\\.acme\\.example/pay/([\\w-]{43})");
  private static final DocumentRef INVOICE = new DocumentRef("invoice", "INV-1");

  @Parameter TestDatabase database;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(database));
    settings.put("POSTROOM_PUBLIC_URL", "https://post.acme.example");
    postroom = RunningPostroom.start(settings);
    postroom.put(
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso", "emails": {"main": ["info@contoso.example"]}}\
        """);
    postroom.put(
        "/api/v1/documents/invoice/INV-1",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "due": "32.70"}}\
        """);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void aLookKeepsNothingAndTheMailKeepsItsLink() {
    Composition look = composer().compose(us(), request());
    String shown = token(look.text());
    assertThat(look.html()).contains(shown);
    assertThat(links().open(shown)).isEmpty();
    assertThat(all()).isEmpty();

    Message sent = composer().send(us(), request());
    String arrived = token(content(sent));
    assertThat(links().open(arrived))
        .get()
        .satisfies(opened -> {
          assertThat(opened.due()).isEqualByComparingTo("32.70");
          assertThat(opened.link().message()).isEqualTo(sent.id());
        });
    assertThat(all()).hasSize(1);
  }

  @Test
  void theSecondMailCarriesTheSameLink() {
    composer().send(us(), request());
    Message second = composer().send(us(), request());
    assertThat(links().open(token(content(second)))).isPresent();
    assertThat(all()).hasSize(1);
  }

  @Test
  void wordsEditedAfterALookKeepTheAddressTheyShow() {
    Composition look = composer().compose(us(), request());
    Message sent = composer().send(us(), request().words(null, "Dear Anna,\n\n" + look.text()));
    String arrived = token(content(sent));
    assertThat(arrived).isEqualTo(token(look.text()));
    assertThat(links().open(arrived)).isPresent();
  }

  @Test
  void wordsWithoutTheLinkMakeNone() {
    composer().send(us(), request().words(null, "Please call us about this invoice."));
    assertThat(all()).isEmpty();
  }

  @Test
  void anAddressOfAnotherLinkStaysWithThatLink() {
    postroom.put(
        "/api/v1/documents/invoice/INV-2",
        """
        {"partner": "contoso", "currency": "EUR", "totals": {"gross": "5.00", "due": "5.00"}}\
        """);
    String first = token(content(composer().send(us(), request())));
    MessageRequest other =
        MessageRequest.of(new DocumentRef("invoice", "INV-2"), Purpose.PAYMENT_LINK)
            .words(null, "See https://post.acme.example/pay/" + first);
    composer().send(us(), other);
    assertThat(links().open(first).orElseThrow().link().items().getFirst().number())
        .isEqualTo("INV-1");
  }

  private static MessageRequest request() {
    return MessageRequest.of(INVOICE, Purpose.PAYMENT_LINK);
  }

  private List<PaymentLink> all() {
    return links().of(us().company(), DocumentKind.INVOICE, "INV-1");
  }

  private String content(Message message) {
    byte[] mime = postroom.bean(Outbox.class).content(us().company(), message.id()).orElseThrow();
    try {
      return plain(new MimeMessage(null, new ByteArrayInputStream(mime)));
    } catch (MessagingException | IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String plain(Part part) throws MessagingException, IOException {
    if (part.isMimeType("text/plain")) return (String) part.getContent();
    if (part.isMimeType("multipart/*"))
      return plain(((Multipart) part.getContent()).getBodyPart(0));
    throw new AssertionError("No plain text");
  }

  private static String token(String text) {
    Matcher found = PAY.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  private Composer composer() {
    return postroom.bean(Composer.class);
  }

  private PaymentLinks links() {
    return postroom.bean(PaymentLinks.class);
  }

  private Caller us() {
    return Caller.postroom(postroom.bean(Access.class).companies().getFirst().id());
  }
}
