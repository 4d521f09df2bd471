package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** The main road: a UBL invoice and its event go in, the right mail with its PDF comes out. */
@ParameterizedClass
@EnumSource
class InvoiceIssuedJourney {
  @Parameter TestDatabase database;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void theInvoiceReachesItsCustomerOnceWithItsPdf() throws Exception {
    HttpResponse<String> put =
        postroom.send(
            postroom
                .request("/api/v1/documents")
                .header("Content-Type", "application/xml")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        Files.readString(Path.of("examples/invoice-ubl.xml")))));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
    assertThat(json(postroom.get("/api/v1/partners/contoso")).get("name").stringValue())
        .isEqualTo("Contoso Bakery");

    String event = tell("4711");
    JsonNode skipped =
        eventually(
            () -> json(postroom.get("/api/v1/events/" + event)),
            e -> !e.get("state").stringValue().equals("accepted"));
    assertThat(skipped.get("outcomes").get(0).get("skipped").stringValue())
        .contains("switched off");

    postroom.send(
        postroom
            .request("/api/v1/automations/invoice_issued")
            .header("Content-Type", "application/json")
            .method(
                "PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("{\"enabled\": true}")));
    String second = tell("4712");
    assertThat(tell("4712")).isEqualTo(second);
    JsonNode handled =
        eventually(
            () -> json(postroom.get("/api/v1/events/" + second)),
            e -> e.get("state").stringValue().equals("handled"));
    String message = handled.get("outcomes").get(0).get("message").stringValue();
    JsonNode sent =
        eventually(
            () -> json(postroom.get("/api/v1/messages/" + message)),
            m -> m.get("state").stringValue().equals("sent"));
    assertThat(sent.get("recipients").get(0).get("address").stringValue())
        .isEqualTo("ap@contoso.example");

    JsonNode caught = json(postroom.get("/api/v1/local_messages"));
    assertThat(caught.get("data").size()).isEqualTo(1);
    byte[] arrived =
        postroom
            .bytes(
                "/api/v1/local_messages/"
                    + caught.get("data").get(0).get("id").stringValue()
                    + "/content")
            .body();
    assertThat(arrived)
        .isEqualTo(postroom.bytes("/api/v1/messages/" + message + "/content").body());
    readTheMail(
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(arrived)));
  }

  private static void readTheMail(MimeMessage mail) throws Exception {
    assertThat(mail.getSubject()).contains("INV-2026-0412");
    assertThat(mail.getRecipients(RecipientType.TO)[0].toString()).contains("ap@contoso.example");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    Multipart mixed = (Multipart) mail.getContent();
    Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
    assertThat(alternative.getBodyPart(0).getContent().toString())
        .contains("INV-2026-0412")
        .contains("512.30");
    assertThat(alternative.getBodyPart(1).getContent().toString())
        .contains("<html")
        .contains("512.30");
    assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("Invoice INV-2026-0412.pdf");
    try (var pdf = Loader.loadPDF(mixed.getBodyPart(1).getInputStream().readAllBytes())) {
      assertThat(new PDFTextStripper().getText(pdf).replace('\u00a0', ' '))
          .contains("Contoso Bakery", "Rye flour", "512.30", "NL91 ABNA 0417 1643 00");
    }
  }

  private String tell(String id) {
    HttpResponse<String> told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "%s", "source": "/erp/acme", "type": "invoice.issued", "data": {"kind": "invoice", "number": "INV-2026-0412"}}
                        """
                            .formatted(id))));
    assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    return json(told).get("id").stringValue();
  }
}
