package org.postroom.testkit;

import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A message in a mailbox that came as JSON; writes itself as mail the way Exchange would. */
final class GraphDraft {
  final String id;
  final String mailbox;
  final List<JsonNode> files = new CopyOnWriteArrayList<>();
  volatile boolean isDraft = true;
  boolean stable;
  private final JsonNode message;

  GraphDraft(String id, String mailbox, JsonNode message) {
    this.id = id;
    this.mailbox = mailbox;
    this.message = message;
    for (JsonNode file : get("attachments")) files.add(file);
  }

  GraphDraft stable(boolean yes) {
    stable = yes;
    return this;
  }

  List<String> recipients() {
    List<String> all = new ArrayList<>();
    for (String field : new String[] {"toRecipients", "ccRecipients", "bccRecipients"})
      for (JsonNode one : get(field)) all.add(address(one).getAddress());
    return all;
  }

  byte[] mime() {
    try {
      var mail =
          new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            protected void updateMessageID() throws MessagingException {
              setHeader("Message-ID", get("internetMessageId").asString("<made@exchange.example>"));
            }
          };
      if (get("from").isObject()) mail.setFrom(address(get("from")));
      for (JsonNode one : get("toRecipients")) mail.addRecipient(RecipientType.TO, address(one));
      for (JsonNode one : get("ccRecipients")) mail.addRecipient(RecipientType.CC, address(one));
      List<InternetAddress> replyTo = new ArrayList<>();
      for (JsonNode one : get("replyTo")) replyTo.add(address(one));
      if (!replyTo.isEmpty()) mail.setReplyTo(replyTo.toArray(InternetAddress[]::new));
      mail.setSubject(get("subject").asString(""), "utf-8");
      for (JsonNode one : get("internetMessageHeaders"))
        mail.addHeader(text(one, "name"), text(one, "value"));
      for (JsonNode one : get("singleValueExtendedProperties"))
        if (text(one, "id").equals("String 0x1045"))
          mail.setHeader("List-Unsubscribe", text(one, "value"));
      content(mail);
      var out = new ByteArrayOutputStream();
      mail.saveChanges();
      mail.writeTo(out);
      return out.toByteArray();
    } catch (MessagingException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void content(MimeMessage mail) throws MessagingException {
    var mixed = new MimeMultipart("mixed");
    var body = new MimeBodyPart();
    JsonNode words = get("body");
    // Without base64 line ends would not come out as they went in.
    body.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(
                text(words, "content").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "text/"
                    + (text(words, "contentType").equals("html") ? "html" : "plain")
                    + "; charset=utf-8")));
    body.setHeader("Content-Transfer-Encoding", "base64");
    mixed.addBodyPart(body);
    for (JsonNode file : files) mixed.addBodyPart(part(file));
    mail.setContent(mixed);
  }

  private static MimeBodyPart part(JsonNode file) throws MessagingException {
    var part = new MimeBodyPart();
    byte[] bytes = Base64.getDecoder().decode(text(file, "contentBytes"));
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, text(file, "contentType"))));
    part.setFileName(text(file, "name"));
    boolean inline = GraphMetadata.get(file, "isInline").asBoolean(false);
    part.setDisposition(inline ? "inline" : "attachment");
    if (inline) part.setContentID("<" + text(file, "contentId") + ">");
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  private JsonNode get(String name) {
    return GraphMetadata.get(message, name);
  }

  private static String text(JsonNode object, String name) {
    return GraphMetadata.get(object, name).asString("");
  }

  private static InternetAddress address(JsonNode recipient) {
    JsonNode mailbox = GraphMetadata.get(recipient, "emailAddress");
    try {
      String name = text(mailbox, "name");
      return new InternetAddress(text(mailbox, "address"), name.isEmpty() ? null : name, "utf-8");
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
