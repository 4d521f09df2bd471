package org.postroom.journeys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import tools.jackson.databind.JsonNode;

/**
 * What was promised, what Postroom says became of it, and what really arrived, message by message.
 *
 * @param acknowledged subjects and invoice numbers that Postroom said it has
 * @param rows every message of Postroom
 * @param arrivals how often each message, by its id, arrived at the server
 */
record Ledger(List<String> acknowledged, List<Row> rows, Map<String, Integer> arrivals) {

  /** One message as the API tells it; about is its invoice number, or its subject. */
  record Row(String id, String about, String state) {}

  static Ledger of(List<String> acknowledged, PostroomProcess postroom, ScriptedSmtpServer server) {
    Map<String, Integer> arrivals = new HashMap<>();
    for (ScriptedSmtpServer.Received mail : server.received())
      arrivals.merge(messageId(mail.content()), 1, Integer::sum);
    return new Ledger(acknowledged, rows(postroom), arrivals);
  }

  /** Acknowledged and without a message. */
  List<String> missing() {
    Set<String> present = rows.stream().map(Row::about).collect(Collectors.toSet());
    return acknowledged.stream().filter(one -> !present.contains(one)).toList();
  }

  /** One request or event, several messages. */
  List<String> doubled() {
    Map<String, Long> counts =
        rows.stream().collect(Collectors.groupingBy(Row::about, Collectors.counting()));
    return counts.keySet().stream().filter(about -> counts.get(about) > 1).toList();
  }

  /** Postroom says sent, nothing arrived. */
  List<Row> lost() {
    return rows.stream().filter(row -> row.state().equals("sent") && arrived(row) == 0).toList();
  }

  /** Arrived more than once, in whatever state: Postroom repeats nothing by itself. */
  List<Row> repeated() {
    return rows.stream().filter(row -> arrived(row) > 1).toList();
  }

  /** Arrived, although Postroom does not say that it was sent and does not say unclear. */
  List<Row> silent() {
    return rows.stream()
        .filter(row -> !row.state().equals("sent") && !row.state().equals("unclear"))
        .filter(row -> arrived(row) > 0)
        .toList();
  }

  /** Arrived, and Postroom knows nothing of it. */
  List<String> unknown() {
    Set<String> ids = rows.stream().map(Row::id).collect(Collectors.toSet());
    return arrivals.keySet().stream().filter(id -> !ids.contains(id)).toList();
  }

  long unclear(int times) {
    return rows.stream()
        .filter(row -> row.state().equals("unclear") && arrived(row) == times)
        .count();
  }

  Map<String, Long> states() {
    return new TreeMap<>(
        rows.stream().collect(Collectors.groupingBy(Row::state, Collectors.counting())));
  }

  @Override
  public String toString() {
    return """
    acknowledged                     %6d
    messages by state                %s
    mails arrived                    %6d
    acknowledged without a message   %6d
    requests with several messages   %6d
    sent and not arrived (lost)      %6d
    arrived more than once           %6d
    arrived, neither sent nor unclear%6d
    arrived and unknown              %6d
    unclear: arrived / not arrived   %6d / %d
    """
        .formatted(
            acknowledged.size(),
            states(),
            arrivals.values().stream().mapToInt(Integer::intValue).sum(),
            missing().size(),
            doubled().size(),
            lost().size(),
            repeated().size(),
            silent().size(),
            unknown().size(),
            unclear(1),
            unclear(0));
  }

  private int arrived(Row row) {
    return arrivals.getOrDefault(row.id(), 0);
  }

  private static List<Row> rows(PostroomProcess postroom) {
    List<Row> rows = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page =
          RunningPostroom.json(
              postroom.send(postroom.request("/api/v1/messages?limit=200" + cursor).GET()));
      for (JsonNode message : page.get("data")) rows.add(row(message));
      if (!page.get("has_more").booleanValue()) return rows;
      cursor = "&cursor=" + page.get("next_cursor").stringValue();
    }
  }

  private static Row row(JsonNode message) {
    JsonNode document = message.get("document");
    String about =
        document == null || document.isNull()
            ? message.get("subject").stringValue()
            : document.get("number").stringValue();
    return new Row(message.get("id").stringValue(), about, message.get("state").stringValue());
  }

  /** Postroom's own id of the message, from its Message-ID. */
  private static String messageId(byte[] content) {
    String text = new String(content, java.nio.charset.StandardCharsets.UTF_8);
    int start = text.indexOf("Message-ID: <") + "Message-ID: <".length();
    return text.substring(start, text.indexOf('@', start));
  }
}
