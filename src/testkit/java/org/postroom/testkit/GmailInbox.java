package org.postroom.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The mailbox of {@link GmailServer} as far as listing, fetching and its history go. */
final class GmailInbox {
  private static final String ME = "/gmail/v1/users/me";
  private static final Pattern ONE = Pattern.compile(ME + "/messages/([0-9a-f]+)");
  private static final Pattern AFTER = Pattern.compile("after:(\\d+)");
  private static final int ON_A_PAGE = 3;

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private volatile long oldest = 0;

  private record Mail(String id, long history, String label, byte[] mime, Instant at) {}

  void add(String label, byte[] mime, Instant at) {
    long number = mails.size() + 1L;
    mails.add(new Mail(String.format("%016x", number), 1000 + number, label, mime, at));
  }

  /** As after a week: what is older than now cannot be asked for any more. */
  void forgetHistory() {
    oldest = history();
  }

  long history() {
    return 1000 + mails.size();
  }

  Optional<ApiAnswer> serve(ApiRequest request) {
    if (!request.method().equals("GET")) return Optional.empty();
    Map<String, String> asked = query(request);
    // A search by Message-ID is for what was sent.
    if (asked.getOrDefault("q", "").contains("rfc822msgid:")) return Optional.empty();
    if (request.path().equals(ME + "/messages")) return Optional.of(list(asked));
    if (request.path().equals(ME + "/history")) return Optional.of(history(asked));
    Matcher one = ONE.matcher(request.path());
    return one.matches() ? Optional.of(raw(one.group(1))) : Optional.empty();
  }

  private ApiAnswer list(Map<String, String> query) {
    Matcher after = AFTER.matcher(query.getOrDefault("q", ""));
    long since = after.find() ? Long.parseLong(after.group(1)) : 0;
    boolean junk =
        query.getOrDefault("q", "").contains("in:spam") && query.containsKey("includeSpamTrash");
    List<Mail> found = new ArrayList<>();
    for (Mail mail : mails)
      if (mail.at().getEpochSecond() >= since && (mail.label().equals("INBOX") || junk))
        found.add(mail);
    Collections.reverse(found); // the newest first, as Gmail does
    int from = Integer.parseInt(query.getOrDefault("pageToken", "0"));
    String items =
        found.stream()
            .skip(from)
            .limit(ON_A_PAGE)
            .map(mail -> "{\"id\":\"" + mail.id() + "\",\"threadId\":\"" + mail.id() + "\"}")
            .collect(Collectors.joining(","));
    return new ApiAnswer(
        200, "{\"messages\":[" + items + "]" + next(from + ON_A_PAGE, found.size()) + "}");
  }

  private ApiAnswer history(Map<String, String> query) {
    long start = Long.parseLong(query.getOrDefault("startHistoryId", "0"));
    if (start < oldest)
      return new ApiAnswer(
          404, "{\"error\":{\"code\":404,\"message\":\"Requested entity was not found.\"}}");
    List<Mail> found = mails.stream().filter(mail -> mail.history() > start).toList();
    int from = Integer.parseInt(query.getOrDefault("pageToken", "0"));
    String items =
        found.stream()
            .skip(from)
            .limit(ON_A_PAGE)
            .map(mail ->
                "{\"id\":\"%d\",\"messagesAdded\":[{\"message\":{\"id\":\"%s\",\"labelIds\":[\"%s\"]}}]}"
                    .formatted(mail.history(), mail.id(), mail.label()))
            .collect(Collectors.joining(","));
    String list = items.isEmpty() ? "" : "\"history\":[" + items + "],";
    return new ApiAnswer(
        200,
        "{"
            + list
            + "\"historyId\":\""
            + history()
            + "\""
            + next(from + ON_A_PAGE, found.size())
            + "}");
  }

  private ApiAnswer raw(String id) {
    return mails.stream()
        .filter(mail -> mail.id().equals(id))
        .findFirst()
        .map(mail ->
            new ApiAnswer(
                200,
                "{\"id\":\"%s\",\"internalDate\":\"%d\",\"raw\":\"%s\"}"
                    .formatted(
                        id,
                        mail.at().toEpochMilli(),
                        Base64.getUrlEncoder().encodeToString(mail.mime()))))
        .orElseGet(() -> new ApiAnswer(404, "{\"error\":{\"code\":404,\"message\":\"Gone\"}}"));
  }

  private static String next(int at, int all) {
    return at < all ? ",\"nextPageToken\":\"" + at + "\"" : "";
  }

  private static Map<String, String> query(ApiRequest request) {
    return Arrays.stream(request.query().split("&"))
        .map(one -> one.split("=", 2))
        .filter(one -> one.length == 2)
        .collect(
            Collectors.toMap(
                one -> one[0], one -> URLDecoder.decode(one[1], StandardCharsets.UTF_8)));
  }
}
