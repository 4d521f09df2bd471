package org.postroom.bounces;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/**
 * How well returned mail is understood, measured on a folder of real reports: {@code mails}, {@code
 * expected.csv} with file, recipient, enhanced status, reply, reason and hard, and {@code
 * not-bounces}.
 */
final class BounceScore {
  // The folder names more reasons than one line of ours; this is the only place where its names are
  // known.
  private static final Map<String, Set<Reason>> NAMES = names();

  record Expected(String file, int recipient, String reason, boolean hard) {}

  record Miss(Expected expected, String found, boolean hard, String diagnostic) {}

  private final List<Miss> wrongReason = new ArrayList<>();
  private final List<Miss> wrongHard = new ArrayList<>();
  private final List<String> falseBounces = new ArrayList<>();
  private final Map<String, Integer> confusions = new TreeMap<>();
  private int recipients;
  private int unread;

  /** Reads each mail with this line end. */
  static BounceScore of(Path folder, String lineEnd, Predicate<String> wanted) throws IOException {
    var score = new BounceScore();
    Map<String, Returned> read = new LinkedHashMap<>();
    for (Expected expected : expected(folder)) {
      if (!wanted.test(expected.file())) continue;
      Path file = folder.resolve("mails").resolve(expected.file());
      if (!read.containsKey(expected.file())) read.put(expected.file(), read(file, lineEnd));
      score.compare(expected, read.get(expected.file()));
    }
    score.notBounces(folder.resolve("not-bounces"), lineEnd);
    return score;
  }

  private static List<Expected> expected(Path folder) throws IOException {
    List<Expected> expected = new ArrayList<>();
    for (String line :
        Files.readAllLines(folder.resolve("expected.csv")).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      expected.add(
          new Expected(
              cells[0], Integer.parseInt(cells[1]), cells[4], Boolean.parseBoolean(cells[5])));
    }
    return expected;
  }

  static Returned read(Path file, String lineEnd) throws IOException {
    String mail = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    String lines = mail.replace("\r\n", "\n").replace("\r", "\n").replace("\n", lineEnd);
    return ReturnedMail.read(lines.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void compare(Expected expected, Returned returned) {
    recipients++;
    // What the corpus counts as a reason is a kind of its own here.
    if (expected.reason().equals("vacation") && returned.kind() == Kind.AUTOMATIC_REPLY) return;
    if (expected.recipient() >= returned.recipients().size()) {
      unread++;
      var miss = new Miss(expected, returned.kind().name(), false, "");
      wrongReason.add(miss);
      confuse(expected.reason(), returned.kind().name());
      if (expected.hard()) wrongHard.add(miss);
      return;
    }
    OfRecipient found = returned.recipients().get(expected.recipient());
    var miss = new Miss(expected, found.reason().name(), found.hard(), found.diagnostic());
    if (!NAMES.getOrDefault(expected.reason(), Set.of()).contains(found.reason())) {
      wrongReason.add(miss);
      confuse(expected.reason(), found.reason().name());
    }
    if (found.hard() != expected.hard()) wrongHard.add(miss);
  }

  private void confuse(String expected, String found) {
    confusions.merge(expected + " read as " + found.toLowerCase(Locale.ROOT), 1, Integer::sum);
  }

  private void notBounces(Path folder, String lineEnd) throws IOException {
    if (!Files.isDirectory(folder)) return;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList())
        if (read(file, lineEnd).kind() == Kind.BOUNCE)
          falseBounces.add(file.getFileName().toString());
    }
  }

  int recipients() {
    return recipients;
  }

  double reasons() {
    return 100.0 * (recipients - wrongReason.size()) / recipients;
  }

  double hard() {
    return 100.0 * (recipients - wrongHard.size()) / recipients;
  }

  List<String> falseBounces() {
    return falseBounces;
  }

  List<Miss> misses() {
    List<Miss> misses = new ArrayList<>(wrongHard);
    wrongReason.stream().filter(each -> !misses.contains(each)).forEach(misses::add);
    return misses;
  }

  void print(PrintStream out, boolean each) {
    out.printf(
        Locale.ROOT,
        "%d recipients: reason right %.1f %%, hard or soft right %.1f %%, nothing found for %d, taken"
            + " for bounces though none: %d%n",
        recipients,
        reasons(),
        hard(),
        unread,
        falseBounces.size());
    confusions.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> out.printf("  %3d  %s%n", entry.getValue(), entry.getKey()));
    if (!each) return;
    for (Miss miss : misses()) out.println("  " + words(miss));
  }

  private static Map<String, Set<Reason>> names() {
    Map<String, Set<Reason>> names = new TreeMap<>();
    names.put("authfailure", Set.of(Reason.AUTHENTICATION_FAILURE));
    names.put("badreputation", Set.of(Reason.BAD_REPUTATION));
    names.put("blocked", Set.of(Reason.BLOCKED));
    names.put("contenterror", Set.of(Reason.CONTENT_ERROR));
    names.put("delivered", Set.of(Reason.DELIVERED));
    names.put("exceedlimit", Set.of(Reason.OVER_LIMIT));
    names.put("expired", Set.of(Reason.EXPIRED));
    names.put("failedstarttls", Set.of(Reason.ENCRYPTION_FAILED));
    names.put("feedback", Set.of(Reason.COMPLAINT));
    names.put("filtered", Set.of(Reason.FILTERED));
    names.put("hasmoved", Set.of(Reason.HAS_MOVED));
    names.put("hostunknown", Set.of(Reason.HOST_UNKNOWN));
    names.put("mailboxfull", Set.of(Reason.MAILBOX_FULL));
    names.put("mailererror", Set.of(Reason.MAIL_SERVER_ERROR));
    names.put("mesgtoobig", Set.of(Reason.TOO_LARGE));
    names.put("networkerror", Set.of(Reason.NETWORK_ERROR));
    names.put("norelaying", Set.of(Reason.NO_RELAYING));
    names.put("notaccept", Set.of(Reason.NOT_ACCEPTING));
    names.put("notcompliantrfc", Set.of(Reason.NOT_COMPLIANT));
    names.put("onhold", Set.of(Reason.ON_HOLD));
    names.put("policyviolation", Set.of(Reason.POLICY));
    names.put("rejected", Set.of(Reason.SENDER_REJECTED));
    names.put("requireptr", Set.of(Reason.NO_REVERSE_NAME));
    names.put("securityerror", Set.of(Reason.SECURITY_ERROR));
    names.put("spamdetected", Set.of(Reason.SPAM));
    names.put("speeding", Set.of(Reason.RATE_LIMITED));
    names.put("suspend", Set.of(Reason.SUSPENDED));
    names.put("syntaxerror", Set.of(Reason.SYNTAX_ERROR));
    names.put("systemerror", Set.of(Reason.SYSTEM_ERROR));
    names.put("systemfull", Set.of(Reason.SYSTEM_FULL));
    names.put("toomanyconn", Set.of(Reason.TOO_MANY_CONNECTIONS));
    names.put("undefined", Set.of(Reason.UNDEFINED));
    names.put("userunknown", Set.of(Reason.USER_UNKNOWN));
    names.put("virusdetected", Set.of(Reason.VIRUS));
    return names;
  }

  /** A miss for people. */
  static String words(Miss miss) {
    return "%s #%d expected %s %s, found %s %s: %s"
        .formatted(
            miss.expected().file(),
            miss.expected().recipient(),
            miss.expected().reason(),
            miss.expected().hard(),
            miss.found(),
            miss.hard(),
            miss.diagnostic().replaceAll("\\s+", " "));
  }

  /** {@code [folder] [--each] [--only file-with-names] [--held-out]}. */
  public static void main(String[] words) throws IOException {
    Path folder = Path.of("..", "shared", "corpora", "bounces");
    boolean each = false;
    boolean heldOut = false;
    Predicate<String> wanted = file -> true;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--each")) each = true;
      else if (words[i].equals("--only"))
        wanted = Set.copyOf(Files.readAllLines(Path.of(words[++i])))::contains;
      else if (words[i].equals("--held-out")) heldOut = true;
      else folder = Path.of(words[i]);
    }
    if (heldOut) {
      heldOut(folder, each);
      return;
    }
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      System.out.print(
          lineEnd.equals("\n") ? "LF:   " : lineEnd.equals("\r") ? "CR:   " : "CRLF: ");
      of(folder, lineEnd, wanted).print(System.out, each && lineEnd.equals("\n"));
    }
  }

  private static void heldOut(Path folder, boolean each) throws IOException {
    heldOut(folder, each, false);
    heldOut(folder, false, true);
  }

  private static void heldOut(Path folder, boolean each, boolean programs) throws IOException {
    HeldOutScore.Result result = HeldOutScore.of(folder, programs);
    if (each) result.misses().forEach(miss -> System.out.println("  " + miss));
    System.out.printf(
        Locale.ROOT,
        "%s never seen: reason right %.1f %%, hard or soft right %.1f %% (without the %.0f phrases that"
            + " only the fifth asked about holds)%n",
        programs ? "Programs" : "Mails",
        result.reasons(),
        result.hard(),
        result.phrasesLeft());
  }
}
