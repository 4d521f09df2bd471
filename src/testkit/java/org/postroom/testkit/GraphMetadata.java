package org.postroom.testkit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The part of Graph's v1.0 metadata (CSDL) that sending mail touches: properties and their types.
 * Names are compared without case, as the service does.
 */
final class GraphMetadata {
  private static final Map<String, Map<String, String>> TYPES = new TreeMap<>();

  static {
    type("sendMail", "Message", "message", "SaveToSentItems", "Edm.Boolean");
    type("createUploadSession", "AttachmentItem", "attachmentItem");
    type(
        "message",
        "subject",
        "Edm.String",
        "body",
        "itemBody",
        "from",
        "recipient",
        "sender",
        "recipient",
        "toRecipients",
        "[recipient",
        "ccRecipients",
        "[recipient",
        "bccRecipients",
        "[recipient",
        "replyTo",
        "[recipient",
        "importance",
        "enum:low,normal,high",
        "internetMessageId",
        "Edm.String",
        "internetMessageHeaders",
        "[internetMessageHeader",
        "attachments",
        "[fileAttachment",
        "singleValueExtendedProperties",
        "[singleValueLegacyExtendedProperty",
        "categories",
        "[Edm.String",
        "isReadReceiptRequested",
        "Edm.Boolean",
        "isDeliveryReceiptRequested",
        "Edm.Boolean");
    type("itemBody", "contentType", "enum:text,html", "content", "Edm.String");
    type("recipient", "emailAddress", "emailAddress");
    type("emailAddress", "name", "Edm.String", "address", "Edm.String");
    type("internetMessageHeader", "name", "Edm.String", "value", "Edm.String");
    type("singleValueLegacyExtendedProperty", "id", "Edm.String", "value", "Edm.String");
    type(
        "fileAttachment",
        "@odata.type",
        "=#microsoft.graph.fileAttachment",
        "name",
        "Edm.String",
        "contentType",
        "Edm.String",
        "size",
        "Edm.Int32",
        "isInline",
        "Edm.Boolean",
        "contentId",
        "Edm.String",
        "contentLocation",
        "Edm.String",
        "contentBytes",
        "Edm.Binary");
    type(
        "attachmentItem",
        "attachmentType",
        "enum:file,item,reference",
        "name",
        "Edm.String",
        "size",
        "Edm.Int64",
        "contentType",
        "Edm.String",
        "isInline",
        "Edm.Boolean",
        "contentId",
        "Edm.String");
  }

  private GraphMetadata() {}

  /** What is wrong with a value of the type; empty where nothing is. */
  static List<String> check(String type, @Nullable JsonNode value) {
    List<String> wrong = new ArrayList<>();
    check(type, type, value, wrong);
    return wrong;
  }

  /** A property, its name compared without case. */
  static JsonNode get(JsonNode object, String name) {
    for (String property : object.propertyNames())
      if (property.equalsIgnoreCase(name)) return object.get(property);
    return object.path(name);
  }

  private static void check(
      String where, String type, @Nullable JsonNode value, List<String> wrong) {
    if (type.startsWith("[")) {
      if (value == null || !value.isArray()) wrong.add(where + " is no collection");
      else
        for (int i = 0; i < value.size(); i++)
          check(where + "/" + i, type.substring(1), value.get(i), wrong);
      return;
    }
    Map<String, String> properties = TYPES.get(type);
    if (properties == null) {
      if (value == null || !primitive(type, value)) wrong.add(where + " is no " + type);
      return;
    }
    if (value == null || !value.isObject()) {
      wrong.add(where + " is no " + type);
      return;
    }
    for (String name : value.propertyNames()) {
      String declared = properties.get(name.toLowerCase(Locale.ROOT));
      if (declared == null) wrong.add(where + " has no property " + name);
      else check(where + "/" + name, declared, value.get(name), wrong);
    }
  }

  private static boolean primitive(String type, JsonNode value) {
    if (type.startsWith("="))
      return value.isString() && value.stringValue().equals(type.substring(1));
    if (type.startsWith("enum:"))
      return value.isString()
          && List.of(type.substring(5).split(","))
              .contains(value.stringValue().toLowerCase(Locale.ROOT));
    return switch (type) {
      case "Edm.String" -> value.isString();
      case "Edm.Boolean" -> value.isBoolean();
      case "Edm.Int32" -> value.isInt();
      case "Edm.Int64" -> value.isIntegralNumber();
      case "Edm.Binary" -> value.isString() && base64(value.stringValue());
      default -> false;
    };
  }

  private static boolean base64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException not) {
      return false;
    }
  }

  private static void type(String name, String... propertiesAndTypes) {
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < propertiesAndTypes.length; i += 2)
      properties.put(propertiesAndTypes[i].toLowerCase(Locale.ROOT), propertiesAndTypes[i + 1]);
    TYPES.put(name, properties);
  }
}
