package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Dovecot;
import org.postroom.testkit.Postfix;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestCertificates;
import tools.jackson.databind.JsonNode;

/**
 * The main road through real servers: Debian's Postfix over STARTTLS, with the sign-in checked by
 * Dovecot and a certificate of the firm's own authority.
 */
class RealMailServerJourney {
  private static final String USER = "invoices@acme.example";
  private static final String PASSWORD = "pässword with spaces";

  @TempDir Path folder;
  private Dovecot dovecot;
  private Postfix postfix;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    dovecot = Dovecot.start(Map.of(USER, PASSWORD));
    postfix = Postfix.submission(certificates, dovecot);
    postroom =
        RunningPostroom.start(
            Map.of("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString()));
  }

  @AfterEach
  void stop() {
    if (postroom != null) postroom.close();
    if (postfix != null) postfix.close();
    if (dovecot != null) dovecot.close();
  }

  @Test
  void theInvoiceIsDeliveredToTheMailbox() throws Exception {
    makeAccount(PASSWORD);
    putInvoiceAndSwitchOn();
    String message = tellAndAwaitMessage();
    JsonNode sent = awaitState(message, "sent");
    assertThat(sent.get("recipients").get(0).get("state").stringValue()).isEqualTo("accepted");

    byte[] delivered = eventually(postfix::delivered, mails -> mails.size() == 1).getFirst();
    String stored =
        postroom.get("/api/v1/messages/" + message + "/content").body().replace("\r\n", "\n");
    assertThat(new String(delivered, StandardCharsets.UTF_8))
        .as("what Postfix kept, below its own header lines, is what was stored")
        .endsWith(stored)
        .contains("Delivered-To: ap@contoso.example")
        .contains("ESMTPSA");
    readPdf(
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(delivered)));
  }

  @Test
  void aWrongPasswordHoldsTheInvoiceAndTheRightOneSendsIt() throws Exception {
    String account = makeAccount("not the password");
    putInvoiceAndSwitchOn();
    String message = tellAndAwaitMessage();
    JsonNode held = awaitState(message, "held");
    assertThat(held.get("note").stringValue()).contains("535 5.7.8");
    assertThat(postfix.delivered()).isEmpty();
    made(
        200,
        "PATCH",
        "/api/v1/accounts/" + account,
        "application/json",
        "{\"smtp\": {\"password\": \"" + PASSWORD + "\"}}");
    awaitState(message, "sent");
    eventually(postfix::delivered, mails -> mails.size() == 1);
  }

  private String makeAccount(String password) {
    return json(made(
            201,
            "POST",
            "/api/v1/accounts",
            "application/json",
            """
            {"kind": "smtp", "name": "Invoices", "email": "%1$s", "display_name": "Acme Invoices", "default": true, "active": true,
             "smtp": {"host": "localhost", "port": %2$d, "security": "starttls", "auth": true, "username": "%1$s", "password": "%3$s"}}
            """
                .formatted(USER, postfix.port(), password)))
        .get("id")
        .stringValue();
  }

  private void putInvoiceAndSwitchOn() throws Exception {
    made(
        201,
        "POST",
        "/api/v1/documents",
        "application/xml",
        Files.readString(Path.of("examples/invoice-ubl.xml")));
    made(
        200,
        "PATCH",
        "/api/v1/automations/invoice_issued",
        "application/json",
        "{\"enabled\": true}");
  }

  private String tellAndAwaitMessage() {
    HttpResponse<String> told =
        made(
            202,
            "POST",
            "/api/v1/events",
            "application/cloudevents+json",
            """
            {"specversion": "1.0", "id": "4711", "source": "/erp/acme", "type": "invoice.issued", "data": {"kind": "invoice", "number": "INV-2026-0412"}}
            """);
    String event = json(told).get("id").stringValue();
    JsonNode handled =
        eventually(
            () -> json(postroom.get("/api/v1/events/" + event)),
            e -> e.get("state").stringValue().equals("handled"));
    return handled.get("outcomes").get(0).get("message").stringValue();
  }

  private JsonNode awaitState(String message, String state) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + message)),
        m -> m.get("state").stringValue().equals(state));
  }

  private static void readPdf(MimeMessage mail) throws Exception {
    assertThat(mail.getFrom()[0].toString()).isEqualTo("Acme Invoices <" + USER + ">");
    Multipart mixed = (Multipart) mail.getContent();
    assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("Invoice INV-2026-0412.pdf");
    try (var pdf = Loader.loadPDF(mixed.getBodyPart(1).getInputStream().readAllBytes())) {
      List<String> words = List.of("Contoso Bakery", "Rye flour", "512.30");
      assertThat(new PDFTextStripper().getText(pdf).replace('\u00a0', ' ')).contains(words);
    }
  }

  private HttpResponse<String> made(
      int status, String verb, String path, String type, String body) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", type)
                .method(verb, BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
