package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned;
import org.postroom.bounces.Returned.Action;

/**
 * A report in words only, as qmail, Exim and many others write it: which addresses it names and
 * what it says of each.
 */
final class Notice {
  private static final int LONGEST = 3000;

  // An address alone at the start of a line, or after a word that says it is the recipient's.
  private static final Pattern HEAD =
      Pattern.compile(
          "^[\\s>*•\"'<(\\[-]{0,20}+(?:(?:failed |original |final |intended )?"
              + "(?:recipients?(?:'s)?(?: email)?(?: address)?|undeliverable to|address|mailto|e-?mail"
              + "|empfänger(?:adresse)?|destinataire|destinatario|destinatário|geadresseerde)"
              + "\\s{0,4}[:=]\\s{0,8}(?:rfc822;)?)?[\\s\"'<:]{0,20}+$",
          Pattern.CASE_INSENSITIVE);
  // The last line of a transcript of Sendmail: 550 <a@b.example>... User unknown
  private static final Pattern ANSWERED =
      Pattern.compile("^[45]\\d\\d[ -](?:[45]\\.\\d\\.\\d )?<?$");
  private static final Pattern NOT_RECIPIENT =
      Pattern.compile(
          "(?:from|sender|contact|help|postmaster|abuse|support|visit|e-?mail (?:to|us at)|mail to"
              + "|write to|message-id|return-path|reply-to|in-reply-to|references|mailto|user|by"
              + "|for assistance|subject|id|hello|hi|dear|hallo|bonjour|hola|ciao)"
              + "\\W{1,8}$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MADE_FROM =
      Pattern.compile(
          "(?:generated (?:from|by)|expanded from:?|ultimately generated from)\\W{1,4}$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "following (?:recipient|address|user|person|people)[^@]{0,40}+$",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> OFFICES =
      Set.of("postmaster", "mailer-daemon", "abuse", "support", "hostmaster", "helpdesk");

  private final Words words;
  private final Set<String> notRecipients;
  private final Map<String, StringBuilder> said = new LinkedHashMap<>();
  private final StringBuilder preamble = new StringBuilder();
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> original = new LinkedHashMap<>();

  /**
   * @param notRecipients addresses in small letters that may stand in the words without being
   *     recipients: our own, and whoever wrote the report
   */
  Notice(Words words, Set<String> notRecipients) {
    this.words = words;
    this.notRecipients = notRecipients;
  }

  /** Each recipient with what was said of it, in the order of the words. */
  List<Said> recipients(List<String> known, Action action) {
    Set<String> wanted = new HashSet<>();
    for (String address : known) wanted.add(address.toLowerCase(Locale.ROOT));
    if (wanted.isEmpty()) wanted = heads(HEAD);
    if (wanted.isEmpty()) splitTranscript(heads(ANSWERED));
    if (wanted.isEmpty() && said.isEmpty()) wanted = everybody();
    if (!wanted.isEmpty()) split(wanted);
    List<Said> found = new ArrayList<>();
    for (var each : said.entrySet()) {
      if (found.size() >= Returned.MOST_RECIPIENTS) break;
      String text = each.getValue().toString();
      String answer = answers.getOrDefault(each.getKey(), text);
      found.add(new Said(address(each.getKey()), action, "", answer, text));
    }
    return found;
  }

  private String address(String named) {
    return original.getOrDefault(named, named);
  }

  /** What was said before anybody was named, so of all. */
  String preamble() {
    return preamble.toString();
  }

  /** What was said of each of these; of those that are not named, everything. */
  Function<@Nullable String, String> about(List<Said> recipients) {
    Set<String> wanted = new HashSet<>();
    for (Said each : recipients)
      if (each.address() != null) wanted.add(each.address().toLowerCase(Locale.ROOT));
    split(wanted);
    Map<String, String> about = new HashMap<>();
    said.forEach((name, text) -> about.put(name.toLowerCase(Locale.ROOT), text.toString()));
    return address ->
        address == null
            ? words.text()
            : about.getOrDefault(address.toLowerCase(Locale.ROOT), words.text());
  }

  private Set<String> heads(Pattern head) {
    Set<String> heads = new HashSet<>();
    for (String line : Lines.of(words.text())) {
      for (String address : Addresses.all(line)) {
        String before = line.substring(0, line.indexOf(address));
        if (head.matcher(before).matches() && mayBe(address, before))
          heads.add(address.toLowerCase(Locale.ROOT));
        break;
      }
    }
    return heads;
  }

  private Set<String> everybody() {
    List<String> lines = Lines.of(words.text());
    Set<String> announced = named(lines.subList(announcement(lines), lines.size()));
    return announced.isEmpty() ? named(lines) : announced;
  }

  /** Whom we wrote to may stand before it, and need not be among those it is about. */
  private static int announcement(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) if (ANNOUNCED.matcher(lines.get(i)).find()) return i + 1;
    return 0;
  }

  private Set<String> named(List<String> lines) {
    Set<String> all = new HashSet<>();
    for (String line : lines) {
      for (String address : Addresses.all(line)) {
        String before = line.substring(0, line.indexOf(address));
        if (mayBe(address, before)) all.add(address.toLowerCase(Locale.ROOT));
      }
    }
    return all;
  }

  private boolean mayBe(String address, String before) {
    String small = address.toLowerCase(Locale.ROOT);
    if (notRecipients.contains(small)) return false;
    if (OFFICES.contains(small.substring(0, small.indexOf('@')))) return false;
    String near = before.substring(Math.max(0, before.length() - 40));
    return !NOT_RECIPIENT.matcher(near).find() && !MADE_FROM.matcher(near).find();
  }

  /** Lines belong to the recipient named in them, else to the one named last. */
  private void split(Set<String> wanted) {
    said.clear();
    preamble.setLength(0);
    StringBuilder current = preamble;
    String name = "";
    for (String line : Lines.of(words.text())) {
      for (String address : Addresses.all(line)) {
        String small = address.toLowerCase(Locale.ROOT);
        if (wanted.contains(small)) {
          name = said.keySet().stream().filter(small::equalsIgnoreCase).findFirst().orElse(address);
          current = said.computeIfAbsent(name, key -> new StringBuilder());
          break;
        }
        if (current != preamble && isMadeFrom(line, address)) original.put(name, address);
      }
      if (current.length() + line.length() < LONGEST) current.append(line).append('\n');
    }
  }

  /** A transcript tells what happened, and then of whom: lines belong to the answer below them. */
  private void splitTranscript(Set<String> wanted) {
    said.clear();
    var before = new StringBuilder();
    for (String line : Lines.of(words.text())) {
      String address = Addresses.first(line);
      if (before.length() + line.length() < LONGEST) before.append(line).append('\n');
      if (address == null || !wanted.contains(address.toLowerCase(Locale.ROOT))) continue;
      if (!ANSWERED.matcher(line.substring(0, line.indexOf(address))).matches()) continue;
      answers.putIfAbsent(address, line);
      said.merge(address, new StringBuilder(before), (one, more) -> one.append(more));
      before.setLength(0);
    }
  }

  private static boolean isMadeFrom(String line, String address) {
    String before = line.substring(0, line.indexOf(address));
    return MADE_FROM.matcher(before.substring(Math.max(0, before.length() - 40))).find();
  }
}
