package org.postroom.domains;

import static org.postroom.domains.RecordCheck.Rule.SPF;
import static org.postroom.domains.RecordCheck.Rule.SPF_ROUTE;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.domains.RecordCheck.DnsRecord;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;

/** Whether a domain's SPF record is sound, and names who sends (RFC 7208). */
final class SpfRules {
  private final Dns dns;
  private final ProviderTable table;

  SpfRules(Dns dns, ProviderTable table) {
    this.dns = dns;
    this.table = table;
  }

  List<RecordCheck> check(String domain, SendingRoute route) {
    DnsAnswer<String> answer = dns.txt(domain);
    if (answer instanceof DnsAnswer.Unanswered<String>(String why))
      return List.of(RecordCheck.unknown(SPF, why), RecordCheck.unknown(SPF_ROUTE, why));
    List<String> records = answer.all().stream().filter(SpfPolicy::isOne).toList();
    if (records.isEmpty()) return List.of(missing(domain, route));
    if (records.size() > 1) return List.of(several(domain, records));
    SpfTree tree = SpfTree.of(dns, domain);
    SpfPolicy policy = tree.policy();
    if (policy == null) return List.of(RecordCheck.unknown(SPF, "The record changed just now."));
    return List.of(sound(domain, tree, policy), covers(domain, route, tree, policy));
  }

  private RecordCheck missing(String domain, SendingRoute route) {
    String include = include(route);
    String sender =
        include != null
            ? "include:" + include
            : route instanceof SendingRoute.Server server ? "a:" + server.host() : "mx";
    return RecordCheck.problem(
        SPF,
        domain
            + " has no SPF record: receivers cannot tell who may send for it. Add this one, with"
            + " whoever else sends for you.",
        null,
        new DnsRecord(domain, "TXT", "v=spf1 " + sender + " ~all"));
  }

  private static RecordCheck several(String domain, List<String> records) {
    return RecordCheck.problem(
        SPF,
        domain
            + " has "
            + records.size()
            + " SPF records, and receivers then ignore all of them. Put their parts into one.",
        String.join("\n", records),
        null);
  }

  private static RecordCheck sound(String domain, SpfTree tree, SpfPolicy policy) {
    String text = policy.text();
    if (tree.lookups() > SpfTree.MOST_LOOKUPS)
      return RecordCheck.problem(
          SPF,
          "The SPF record needs "
              + tree.lookups()
              + " look-ups; receivers stop at ten and treat it as broken. Take out senders that are"
              + " not used any more.",
          text,
          null);
    String broken = tree.broken();
    if (broken != null) return RecordCheck.problem(SPF, broken, text, null);
    if (tree.voids() > SpfTree.MOST_VOID)
      return RecordCheck.problem(
          SPF,
          "The SPF record names "
              + tree.voids()
              + " domains that do not exist; receivers stop at two. Take them out.",
          text,
          null);
    if (tree.notAsked() != null) return RecordCheck.unknown(SPF, tree.notAsked());
    return end(domain, tree, policy);
  }

  private static RecordCheck end(String domain, SpfTree tree, SpfPolicy policy) {
    Character end = tree.end();
    var better = new DnsRecord(domain, "TXT", policy.endingSoftly());
    if (end == null)
      return RecordCheck.advice(SPF, "The SPF record has no end: add ~all.", policy.text(), better);
    return switch (end) {
      case '-', '~' ->
          RecordCheck.ok(
              SPF, "One SPF record, with " + tree.lookups() + " of ten look-ups.", policy.text());
      case '+' ->
          RecordCheck.problem(
              SPF,
              "The SPF record allows the whole world to send as you (+all).",
              policy.text(),
              better);
      default ->
          RecordCheck.advice(
              SPF,
              "The SPF record ends in ?all, which says nothing. Use ~all.",
              policy.text(),
              better);
    };
  }

  private RecordCheck covers(String domain, SendingRoute route, SpfTree tree, SpfPolicy policy) {
    if (tree.notAsked() != null) return RecordCheck.unknown(SPF_ROUTE, tree.notAsked());
    String include = include(route);
    if (include != null && (tree.includes(include) || covers(tree, include)))
      return RecordCheck.ok(
          SPF_ROUTE, "The record names " + include + ", through which mail leaves.", policy.text());
    if (route instanceof SendingRoute.Server(String host, var keys, var weSign)) {
      List<InetAddress> addresses = dns.addresses(host).all();
      if (!addresses.isEmpty() && addresses.stream().allMatch(tree::allows))
        return RecordCheck.ok(
            SPF_ROUTE, "The record names " + host + ", through which mail leaves.", policy.text());
      if (include == null) return uncovered(domain, host, policy);
    }
    return RecordCheck.problem(
        SPF_ROUTE,
        "Mail leaves through " + include + ", which the SPF record does not name. Change it to:",
        policy.text(),
        new DnsRecord(domain, "TXT", policy.including(String.valueOf(include))));
  }

  /** Where a server takes mail and where mail leaves it are often different addresses. */
  private static RecordCheck uncovered(String domain, String host, SpfPolicy policy) {
    return RecordCheck.advice(
        SPF_ROUTE,
        "The SPF record does not name "
            + host
            + ". Mail may leave it from other addresses: ask its operator what to include. If it"
            + " sends from its own address, change the record to:",
        policy.text(),
        new DnsRecord(domain, "TXT", policy.including("X").replace("include:X", "a:" + host)));
  }

  /** Records may be flattened: the addresses stand there instead of the name. */
  private boolean covers(SpfTree tree, String include) {
    SpfPolicy theirs = SpfTree.of(dns, include).policy();
    if (theirs == null) return false;
    List<InetAddress> samples =
        theirs.terms().stream()
            .filter(term -> term.name().startsWith("ip"))
            .flatMap(term -> literal(term.value()).stream())
            .toList();
    return !samples.isEmpty() && samples.stream().allMatch(tree::allows);
  }

  private static List<InetAddress> literal(String text) {
    try {
      return List.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return List.of();
    }
  }

  private @Nullable String include(SendingRoute route) {
    return switch (route) {
      case SendingRoute.Microsoft(String include) -> include;
      case SendingRoute.Google() -> "_spf.google.com";
      case SendingRoute.Server(String host, var keys, var weSign) ->
          table.ofServer(host).map(Provider::spf).orElse(null);
      case SendingRoute.Nowhere() -> null;
    };
  }
}
