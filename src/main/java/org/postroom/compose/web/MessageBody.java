package org.postroom.compose.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.Enclosures;
import org.postroom.compose.Enclosures.Further;
import org.postroom.compose.MessageRequest;
import org.postroom.documents.DocumentKind;
import org.postroom.http.JsonFields;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request to send; everything that is wrong is told at once. */
final class MessageBody {
  static final int MOST_RECIPIENTS = 500;
  private static final int MOST_ATTACHMENTS = 30;
  private static final int LONGEST_BODY = 2_000_000;
  private static final int MOST_ATTACHED = 26_000_000;

  private MessageBody() {}

  static MessageRequest read(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    var request =
        new MessageRequest(
            document(fields),
            purpose(fields),
            addresses(fields, "to"),
            addresses(fields, "cc"),
            addresses(fields, "bcc"),
            fields.text("subject", 500),
            longText(fields, "html"),
            longText(fields, "text"),
            enclosures(fields),
            fields.text("account", 60),
            fields.text("template", 100),
            fields.text("layout", 100),
            fields.parsed("send_at", 40, MessageBody::time),
            fields.flag("bulk", false),
            null);
    if (!fields.has("document") && !fields.has("subject")) {
      fields.error("/subject", "required", "A message without a document needs a subject.");
    }
    if (!fields.has("document") && !fields.has("text") && !fields.has("html")) {
      fields.error("/text", "required", "A message without a document needs text or html.");
    }
    if (!fields.has("document")
        && request.to().isEmpty()
        && request.cc().isEmpty()
        && request.bcc().isEmpty()) {
      fields.error("/to", "required", "A message without a document needs somebody to go to.");
    }
    fields.check();
    return request;
  }

  /** What a resend may change: the recipients. */
  static List<Address> corrected(@Nullable JsonNode body) {
    if (body == null || body.isNull()) return List.of();
    JsonFields fields = JsonFields.of(body);
    List<Address> to = addresses(fields, "to");
    fields.check();
    return to;
  }

  private static @Nullable DocumentRef document(JsonFields fields) {
    JsonFields document = fields.object("document");
    return document == null ? null : reference(document);
  }

  private static DocumentRef reference(JsonFields document) {
    String kind = document.required("kind", 40);
    String number = document.required("number", 200);
    if (!kind.isEmpty() && DocumentKind.of(kind).isEmpty()) {
      document.error(document.at("kind"), "unknown_kind", "“" + kind + "” is no kind of document.");
    }
    return new DocumentRef(kind, number);
  }

  /** Further documents whose PDFs go along. */
  private static List<Further> documents(JsonFields fields) {
    List<Further> further = new ArrayList<>();
    for (JsonFields item : fields.objects("documents", MOST_ATTACHMENTS)) {
      String layout = item.text("layout", 100);
      further.add(new Further(reference(item), layout));
    }
    return further;
  }

  private static Enclosures enclosures(JsonFields fields) {
    List<Attachment> attached = attachments(fields);
    List<String> standing = fields.has("standing_files") ? names(fields, "standing_files") : null;
    return new Enclosures(attached, documents(fields), names(fields, "files"), standing);
  }

  private static List<String> names(JsonFields fields, String name) {
    return fields.texts(name, MOST_ATTACHMENTS, 200).stream().map(JsonFields.Text::value).toList();
  }

  private static @Nullable Purpose purpose(JsonFields fields) {
    String word = fields.text("purpose", 60);
    if (word == null) return null;
    if (Purpose.of(word).isEmpty())
      fields.error("/purpose", "unknown_value", "“" + word + "” is no purpose of a mail.");
    return Purpose.of(word).orElse(null);
  }

  private static List<Address> addresses(JsonFields fields, String name) {
    List<Address> addresses = new ArrayList<>();
    for (JsonFields.Text text : fields.texts(name, MOST_RECIPIENTS, 500)) {
      fields.parse(text, Address::parse).ifPresent(addresses::add);
    }
    return addresses;
  }

  /** Bodies have lines; only characters no mail may carry are refused. */
  private static @Nullable String longText(JsonFields fields, String name) {
    JsonNode value = fields.raw(name);
    if (value == null) return null;
    if (!value.isString()) {
      fields.error(fields.at(name), "wrong_type", "This must be text.");
      return null;
    }
    String text = value.stringValue();
    if (text.length() > LONGEST_BODY) {
      fields.error(
          fields.at(name), "too_long", "This has more than " + LONGEST_BODY + " characters.");
      return null;
    }
    if (text.chars().anyMatch(c -> c < 32 && c != '\n' && c != '\r' && c != '\t')) {
      fields.error(fields.at(name), "control_characters", "Control characters are not taken here.");
      return null;
    }
    return text;
  }

  private static List<Attachment> attachments(JsonFields fields) {
    List<Attachment> attachments = new ArrayList<>();
    long total = 0;
    for (JsonFields item : fields.objects("attachments", MOST_ATTACHMENTS)) {
      String filename = item.required("filename", 200);
      String type = item.text("content_type", 100);
      byte[] content = base64(item);
      total += content.length;
      if (filename.isEmpty()) continue;
      try {
        attachments.add(
            new Attachment(filename, type == null ? "application/octet-stream" : type, content));
      } catch (IllegalArgumentException wrong) {
        item.error(item.at("filename"), "invalid", String.valueOf(wrong.getMessage()));
      }
    }
    if (total > MOST_ATTACHED)
      fields.error("/attachments", "too_large", "The attachments are larger than 25 MB together.");
    return attachments;
  }

  private static byte[] base64(JsonFields item) {
    JsonNode value = item.raw("content");
    if (value == null || !value.isString()) {
      item.error(item.at("content"), "required", "“content” must be the file in base64.");
      return new byte[0];
    }
    try {
      return Base64.getMimeDecoder().decode(refuseOdd(value.stringValue()));
    } catch (IllegalArgumentException notBase64) {
      item.error(item.at("content"), "not_base64", "“content” is not valid base64.");
      return new byte[0];
    }
  }

  /** The lenient decoder skips what is no base64; that would hide mistakes. */
  private static String refuseOdd(String text) {
    boolean odd =
        text.chars()
            .anyMatch(c -> !(c < 128 && Character.isLetterOrDigit(c)) && "+/=\r\n".indexOf(c) < 0);
    if (odd) throw new IllegalArgumentException("not base64");
    return text;
  }

  private static Instant time(String text) {
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (java.time.format.DateTimeParseException notATime) {
      throw new IllegalArgumentException(
          "“send_at” must be a time such as 2026-11-02T17:00:00+01:00.");
    }
  }
}
