package org.postroom.bounces;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postroom.net.Answer;
import org.postroom.net.Web;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads by the Gmail API: first what came since a day, then what the mailbox's history says came.
 * Gmail keeps its history for about a week; where it is gone, the day counts again.
 */
@Component
class GmailReader implements MailboxReader {
  private static final String ME = "/gmail/v1/users/me";
  private static final String MARK = "gmail";

  /** Base64 makes of the largest mail Gmail takes a third more. */
  private static final int MOST_MAIL = 48 * 1024 * 1024;

  private static final int MOST_LIST = 4 * 1024 * 1024;
  private static final int MOST_PAGES = 10;

  private final Web web;

  GmailReader(Web web) {
    this.web = web;
  }

  @Override
  public boolean reads(Where where) {
    return where instanceof Where.Gmail;
  }

  @Override
  public void read(Where where, Instant since, Sink sink) throws CannotRead {
    Where.Gmail gmail = (Where.Gmail) where;
    var mailbox =
        new RestMailbox(web, gmail.login().service(), gmail.login().accessToken(), "Google");
    String mark = sink.position().mark(MARK).orElse("");
    boolean onward = mark.matches("\\d{1,20}") && history(mailbox, gmail, mark, sink);
    if (!onward) search(mailbox, gmail, since, sink);
  }

  /** False where Gmail does not know that far back any more. */
  private static boolean history(
      RestMailbox mailbox, Where.Gmail gmail, String mark, Sink sink) throws CannotRead {
    String page = "";
    for (int pages = 0; pages < MOST_PAGES && !sink.enough(); pages++) {
      Answer answer =
          mailbox.send(
              ME + "/history?historyTypes=messageAdded&maxResults=100&startHistoryId=" + mark + page,
              MOST_LIST);
      if (answer instanceof Answer.Given given && given.status() == 404) return false;
      JsonNode json = mailbox.json(mailbox.ok(answer));
      for (JsonNode record : json.path("history")) {
        if (sink.enough()) return true;
        for (String id : added(record, gmail.folders().junk())) take(mailbox, id, sink);
        sink.reached(MARK, record.path("id").asString(mark));
      }
      String next = json.path("nextPageToken").asString("");
      if (next.isEmpty()) {
        sink.reached(MARK, json.path("historyId").asString(mark));
        return true;
      }
      page = "&pageToken=" + encoded(next);
    }
    return true;
  }

  /** The mark is taken before the search: what comes meanwhile is read twice rather than never. */
  private static void search(
      RestMailbox mailbox, Where.Gmail gmail, Instant since, Sink sink) throws CannotRead {
    String history = mailbox.list(ME + "/profile").path("historyId").asString("");
    List<String> ids = new ArrayList<>();
    String page = "";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode json = mailbox.list(query(gmail, since) + page);
      for (JsonNode one : json.path("messages")) ids.add(one.path("id").asString(""));
      String next = json.path("nextPageToken").asString("");
      if (next.isEmpty()) break;
      page = "&pageToken=" + encoded(next);
    }
    Collections.reverse(ids);
    for (String id : ids) {
      if (sink.enough()) return; // without a mark the rest is looked for again
      take(mailbox, id, sink);
    }
    if (!history.isEmpty()) sink.reached(MARK, history);
  }

  private static String query(Where.Gmail gmail, Instant since) {
    boolean junk = gmail.folders().junk();
    String places = junk ? "{in:inbox in:spam}" : "in:inbox";
    return ME
        + "/messages?maxResults=100"
        + (junk ? "&includeSpamTrash=true" : "")
        + "&q="
        + encoded(places + " after:" + since.getEpochSecond());
  }

  private static Set<String> added(JsonNode record, boolean junk) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode added : record.path("messagesAdded")) {
      JsonNode message = added.path("message");
      boolean wanted = false;
      for (JsonNode label : message.path("labelIds")) {
        String name = label.asString("");
        wanted |= name.equals("INBOX") || (junk && name.equals("SPAM"));
      }
      if (wanted) ids.add(message.path("id").asString(""));
    }
    return ids;
  }

  private static void take(RestMailbox mailbox, String id, Sink sink) throws CannotRead {
    Optional<Answer.Given> raw =
        mailbox.one(ME + "/messages/" + encoded(id) + "?format=raw", MOST_MAIL);
    if (raw.isEmpty()) return;
    JsonNode json = mailbox.json(raw.get());
    long received = json.path("internalDate").asLong(0);
    try {
      byte[] mime = Base64.getUrlDecoder().decode(json.path("raw").asString(""));
      sink.take(mime, Instant.ofEpochMilli(received));
    } catch (IllegalArgumentException notBase64) {
      throw new CannotRead(Trouble.Kind.OTHER, "Google gave a mail that cannot be decoded.");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
