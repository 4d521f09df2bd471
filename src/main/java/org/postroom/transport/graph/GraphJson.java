package org.postroom.transport.graph;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.mail.Address;
import org.postroom.transport.graph.Letter.Header;
import org.postroom.transport.graph.Letter.Piece;
import tools.jackson.databind.json.JsonMapper;

/** Writes letters and files as Graph's types message, fileAttachment and attachmentItem. */
final class GraphJson {
  private static final JsonMapper JSON = new JsonMapper();

  /** Graph refuses more, and an empty list as well (InvalidInternetMessageHeaderCollection). */
  private static final int MOST_HEADERS = 5;

  /** PidTagListUnsubscribe: the one way to keep this header where only X- is allowed. */
  private static final String LIST_UNSUBSCRIBE = "String 0x1045";

  private static final String NO_ROBOTS = "X-Auto-Response-Suppress";

  private GraphJson() {}

  /** The parameters of the action sendMail. */
  static byte[] sendMail(Letter letter) {
    Map<String, Object> message = message(letter);
    List<Object> files = new ArrayList<>();
    for (Piece piece : letter.pieces()) files.add(fileOf(piece));
    if (!files.isEmpty()) message.put("attachments", files);
    return bytes(Map.of("message", message, "saveToSentItems", true));
  }

  /** A draft, still without its files. */
  static byte[] draft(Letter letter) {
    return bytes(message(letter));
  }

  static byte[] file(Piece piece) {
    return bytes(fileOf(piece));
  }

  /** The parameters of the action createUploadSession. */
  static byte[] uploadSession(Piece piece) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("attachmentType", "file");
    item.put("name", piece.name());
    item.put("size", piece.content().length);
    item.put("contentType", piece.contentType());
    shownInside(piece, item);
    return bytes(Map.of("AttachmentItem", item));
  }

  private static Map<String, Object> message(Letter letter) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("subject", letter.subject());
    message.put(
        "body", Map.of("contentType", letter.html() ? "html" : "text", "content", letter.body()));
    if (letter.from() != null) message.put("from", recipient(letter.from()));
    recipients(message, "toRecipients", letter.to());
    recipients(message, "ccRecipients", letter.cc());
    recipients(message, "bccRecipients", letter.bcc());
    recipients(message, "replyTo", letter.replyTo());
    if (letter.messageId() != null) message.put("internetMessageId", letter.messageId());
    if (!letter.headers().isEmpty()) message.put("internetMessageHeaders", headers(letter));
    if (letter.unsubscribe() != null)
      message.put(
          "singleValueExtendedProperties",
          List.of(Map.of("id", LIST_UNSUBSCRIBE, "value", letter.unsubscribe())));
    return message;
  }

  /** The one that keeps robots from answering goes first: it must not be the one too many. */
  private static List<Map<String, String>> headers(Letter letter) {
    return letter.headers().stream()
        .sorted(Comparator.comparing((Header one) -> !one.name().equalsIgnoreCase(NO_ROBOTS)))
        .limit(MOST_HEADERS)
        .map(one -> Map.of("name", one.name(), "value", one.value()))
        .toList();
  }

  private static void recipients(Map<String, Object> message, String name, List<Address> all) {
    if (!all.isEmpty()) message.put(name, all.stream().map(GraphJson::recipient).toList());
  }

  private static Map<String, Object> recipient(Address address) {
    Map<String, Object> mailbox = new LinkedHashMap<>();
    if (address.name() != null) mailbox.put("name", address.name());
    mailbox.put("address", address.wire());
    return Map.of("emailAddress", mailbox);
  }

  private static Map<String, Object> fileOf(Piece piece) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("@odata.type", "#microsoft.graph.fileAttachment");
    file.put("name", piece.name());
    file.put("contentType", piece.contentType());
    shownInside(piece, file);
    file.put("contentBytes", Base64.getEncoder().encodeToString(piece.content()));
    return file;
  }

  private static void shownInside(Piece piece, Map<String, Object> file) {
    if (piece.contentId() == null) return;
    file.put("isInline", true);
    file.put("contentId", piece.contentId());
  }

  private static byte[] bytes(Object value) {
    return JSON.writeValueAsBytes(value);
  }
}
