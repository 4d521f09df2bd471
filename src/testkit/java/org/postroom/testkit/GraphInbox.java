package org.postroom.testkit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The folders of a mailbox of {@link GraphServer} as far as listing and fetching mail goes. */
final class GraphInbox {
  private static final Pattern LIST = Pattern.compile("/mailFolders/([a-z]+)/messages");
  private static final Pattern VALUE = Pattern.compile("/messages/([^/]+)/\\$value");
  private static final Pattern FILTER =
      Pattern.compile("receivedDateTime ge (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)");

  private final List<Mail> mails = new CopyOnWriteArrayList<>();

  private record Mail(String id, String mailbox, String folder, byte[] mime, Instant at) {}

  void add(String mailbox, String folder, byte[] mime, Instant at) {
    mails.add(new Mail("AAMkIn-" + mails.size() + "=", mailbox, folder, mime, at));
  }

  /** Empty where the path asks for something else. */
  Optional<ApiAnswer> serve(ApiRequest request, String mailbox, String path, URI service) {
    if (!request.method().equals("GET")) return Optional.empty();
    Matcher list = LIST.matcher(path);
    if (list.matches()) return Optional.of(list(request, mailbox, list.group(1), service));
    Matcher value = VALUE.matcher(path);
    return value.matches() ? Optional.of(value(mailbox, value.group(1))) : Optional.empty();
  }

  private ApiAnswer list(ApiRequest request, String mailbox, String folder, URI service) {
    Map<String, String> query = query(request);
    Matcher filter = FILTER.matcher(query.getOrDefault("$filter", ""));
    if (!filter.matches() || !"receivedDateTime".equals(query.get("$orderby")))
      return new ApiAnswer(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Bad query\"}}");
    Instant since = Instant.parse(filter.group(1));
    List<Mail> found =
        mails.stream()
            .filter(mail -> mail.mailbox().equals(mailbox) && mail.folder().equals(folder))
            .filter(mail -> !mail.at().isBefore(since))
            .sorted(Comparator.comparing(Mail::at))
            .toList();
    int top = Integer.parseInt(query.getOrDefault("$top", "10"));
    int skip = Integer.parseInt(query.getOrDefault("$skip", "0"));
    List<Mail> page = found.stream().skip(skip).limit(top).toList();
    String items =
        page.stream()
            .map(
                mail -> "{\"id\":\"" + mail.id() + "\",\"receivedDateTime\":\"" + mail.at() + "\"}")
            .collect(Collectors.joining(","));
    String rest = request.query().replaceAll("&?\\$skip=\\d+", "").replace(" ", "%20");
    String next =
        skip + top < found.size()
            ? ",\"@odata.nextLink\":\""
                + service
                + request.path()
                + "?"
                + rest
                + "&$skip="
                + (skip + top)
                + "\""
            : "";
    return new ApiAnswer(200, "{\"value\":[" + items + "]" + next + "}");
  }

  private ApiAnswer value(String mailbox, String id) {
    String plain = java.net.URLDecoder.decode(id, StandardCharsets.UTF_8);
    return mails.stream()
        .filter(mail -> mail.mailbox().equals(mailbox) && mail.id().equals(plain))
        .findFirst()
        .map(mail -> new ApiAnswer(200, new String(mail.mime(), StandardCharsets.UTF_8)))
        .orElseGet(() ->
            new ApiAnswer(
                404, "{\"error\":{\"code\":\"ErrorItemNotFound\",\"message\":\"Gone\"}}"));
  }

  private static Map<String, String> query(ApiRequest request) {
    return java.util.Arrays.stream(request.query().split("&"))
        .map(one -> one.split("=", 2))
        .filter(one -> one.length == 2)
        .collect(
            Collectors.toMap(
                one -> java.net.URLDecoder.decode(one[0], StandardCharsets.UTF_8),
                one -> java.net.URLDecoder.decode(one[1], StandardCharsets.UTF_8),
                (first, second) -> second));
  }
}
