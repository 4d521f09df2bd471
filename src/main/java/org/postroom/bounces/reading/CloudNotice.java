package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.Action;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Amazon SES tells as JSON in a mail: bounces, complaints and deliveries, bare or wrapped by
 * its notification service.
 */
record CloudNotice(boolean complaint, @Nullable String messageId, List<Said> recipients) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 300_000;

  static @Nullable CloudNotice in(Words words) {
    String text = words.text().strip();
    if (!text.startsWith("{") || text.length() > LONGEST) return null;
    JsonNode node = json(text.substring(0, text.lastIndexOf('}') + 1));
    if (node.path("Message").isString()) node = json(node.path("Message").stringValue(""));
    String type = node.path("notificationType").stringValue(node.path("eventType").stringValue(""));
    return switch (type) {
      case "Bounce" -> bounce(node);
      case "Complaint" ->
          of(
              node,
              true,
              said(node.path("complaint").path("complainedRecipients"), Action.DELIVERED));
      case "Delivery" -> delivery(node);
      default -> null;
    };
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException notJson) {
      return JSON.createObjectNode();
    }
  }

  private static CloudNotice bounce(JsonNode node) {
    return of(node, false, said(node.path("bounce").path("bouncedRecipients"), Action.FAILED));
  }

  private static CloudNotice delivery(JsonNode node) {
    List<Said> said = new ArrayList<>();
    for (JsonNode address : node.path("delivery").path("recipients"))
      said.add(
          new Said(
              Addresses.first(address.stringValue("")),
              Action.DELIVERED,
              "",
              node.path("delivery").path("smtpResponse").stringValue("")));
    return of(node, false, said);
  }

  private static List<Said> said(JsonNode recipients, Action action) {
    List<Said> said = new ArrayList<>();
    for (JsonNode each : recipients) {
      if (said.size() >= 1000) break;
      String told = each.path("action").stringValue("").toLowerCase(Locale.ROOT);
      said.add(
          new Said(
              Addresses.first(each.path("emailAddress").stringValue("")),
              told.equals("delayed") ? Action.DELAYED : action,
              Codes.status(each.path("status").stringValue("")),
              StatusReport.words(each.path("diagnosticCode").stringValue(""))));
    }
    return said;
  }

  private static CloudNotice of(JsonNode node, boolean complaint, List<Said> said) {
    JsonNode mail = node.path("mail");
    String id = mail.path("commonHeaders").path("messageId").stringValue("");
    for (JsonNode header : mail.path("headers"))
      if (header.path("name").stringValue("").equalsIgnoreCase("message-id"))
        id = header.path("value").stringValue("");
    return new CloudNotice(complaint, Original.id(id), said);
  }
}
