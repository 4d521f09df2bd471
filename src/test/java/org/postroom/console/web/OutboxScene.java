package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import tools.jackson.databind.JsonNode;

/** A running product with a mail server that can be told how to behave. */
final class OutboxScene implements AutoCloseable {
  final ScriptedSmtpServer server =
      ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "secret word", "PLAIN"));
  final RunningPostroom postroom = RunningPostroom.start();
  String account = "";

  /** The account through which mail leaves; the default of the company. */
  OutboxScene connect() {
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "display_name": "Acme Invoices", "default": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": true, "username": "acme", "password": "secret word"}}
            """
                .formatted(server.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    account = json(made).get("id").stringValue();
    return this;
  }

  /** An invoice to its customer, with its PDF. */
  String invoice(String... to) {
    try {
      postroom.send(
          postroom
              .request("/api/v1/documents")
              .header("Content-Type", "application/xml")
              .POST(
                  java.net.http.HttpRequest.BodyPublishers.ofString(
                      Files.readString(Path.of("examples/invoice-ubl.xml")))));
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
    String named = to.length == 0 ? "" : ", \"to\": [\"" + String.join("\", \"", to) + "\"]";
    return id(
        postroom.post(
            "/api/v1/messages",
            "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2026-0412\"}" + named + "}"));
  }

  String free(String subject, String html, String to) {
    return id(
        postroom.post(
            "/api/v1/messages",
            """
            {"subject": "%s", "html": "%s", "to": ["%s"]}
            """
                .formatted(subject, html, to)));
  }

  JsonNode state(String id, String wanted) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        message -> message.get("state").stringValue().equals(wanted));
  }

  private static String id(HttpResponse<String> sent) {
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").stringValue();
  }

  @Override
  public void close() {
    postroom.close();
    server.close();
  }
}
