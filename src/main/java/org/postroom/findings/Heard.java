package org.postroom.findings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/**
 * A symptom made ready for comparing: one line, codes apart, the provider known.
 *
 * @param enhanced enhanced status code, also where it stands inside the text; empty where none is
 * @param text on one line, codes that servers repeat on each line taken out
 * @param providers whose server it is, most surely first
 */
record Heard(Symptom symptom, String host, String enhanced, String text, List<Provider> providers) {
  private static final Pattern REPEATED =
      Pattern.compile("^\\s{0,4}[2-5]\\d\\d(?:[- ]|$)(?:[245]\\.\\d{1,3}\\.\\d{1,3}\\b)?");
  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\w.])([245]\\.\\d{1,2}\\.\\d{1,3})(?![\\w]|\\.\\d)");
  private static final Pattern PORT = Pattern.compile(" port (\\d{1,5})\\b");
  private static final Pattern LINK =
      Pattern.compile("https://[A-Za-z0-9./?=&_%#+-]{4,200}[A-Za-z0-9/]");

  static Heard of(Symptom symptom, List<Provider> known) {
    String host = host(symptom.host());
    String text = oneLine(symptom.reply().text());
    String enhanced = enhanced(symptom.reply(), text);
    List<Provider> providers =
        known.stream().filter(one -> one.speaks(symptom.protocol(), host, text)).toList();
    return new Heard(symptom, host, enhanced, text, providers);
  }

  /** For a finding that is shown without a failure. */
  static Heard nothing(@Nullable String host) {
    var symptom =
        new Symptom(
            Symptom.Protocol.SMTP,
            host,
            false,
            Stage.CONNECT,
            FailureKind.PROTOCOL_BROKEN,
            Reply.none(""));
    return new Heard(symptom, host(host), "", "", List.of());
  }

  Stage stage() {
    return symptom.stage();
  }

  int code() {
    return symptom.reply().code();
  }

  boolean answered() {
    return code() != 0;
  }

  /** Whether it may pass by itself, as far as anybody can tell who does not know the words. */
  boolean mayPass() {
    FailureKind kind = symptom.kind();
    if (!answered())
      return kind == FailureKind.ANSWER_TIMEOUT || kind == FailureKind.CONNECTION_LOST;
    boolean smtp = symptom.protocol() == Symptom.Protocol.SMTP;
    return smtp ? symptom.reply().temporary() : code() >= 500 || code() == 429;
  }

  boolean of(String provider) {
    return providers.stream().anyMatch(one -> one.id().equals(provider));
  }

  /** The port that was tried, where the text tells; otherwise empty. */
  String port() {
    Matcher matcher = PORT.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Values for the sentences: what is known of any failure. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    if (!host.isEmpty()) values.put("host", host);
    if (!port().isEmpty()) values.put("port", port());
    Matcher link = LINK.matcher(text);
    if (link.find() && Masked.of(link.group()).equals(link.group()))
      values.put("link", link.group());
    return Masked.of(values);
  }

  /** The same and what the finding takes from the text. */
  Map<String, String> values(Catalogue.Match match) {
    Map<String, String> values = new HashMap<>(values());
    Pattern takes = match.row().takes();
    if (takes == null) return values;
    Matcher matcher = takes.matcher(text);
    if (!matcher.find()) return values;
    for (String name : takes.namedGroups().keySet()) {
      String value = matcher.group(name);
      if (value != null && !value.isBlank()) values.put(name, Masked.of(value.strip()));
    }
    String bytes = values.get("bytes");
    if (bytes != null) values.put("limit", size(Long.parseLong(bytes)));
    return values;
  }

  private static String size(long bytes) {
    long megabytes = bytes / 1_000_000;
    return megabytes > 0 ? megabytes + " MB" : bytes / 1_000 + " kB";
  }

  private static String host(@Nullable String host) {
    if (host == null) return "";
    String bare = host.strip().toLowerCase(Locale.ROOT);
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private static String oneLine(String text) {
    var joined = new StringBuilder();
    text.lines()
        .map(line -> REPEATED.matcher(line).replaceFirst("").strip())
        .filter(line -> !line.isEmpty())
        .forEach(line -> joined.append(joined.isEmpty() ? "" : " ").append(line));
    return joined.toString().replaceAll("\\s{2,9}", " ");
  }

  /** Some servers write {@code SMTP; 5.7.1} or {@code #5.7.1}: then it is found inside. */
  private static String enhanced(Reply reply, String text) {
    String given = reply.enhanced();
    if (given != null && ENHANCED.matcher(given).matches()) return given;
    if (reply.code() < 200) return "";
    Matcher matcher = ENHANCED.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
