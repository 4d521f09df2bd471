package org.postroom.domains;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;

/**
 * A domain's SPF record with all it leads to, asked once. Counts as a receiver does (RFC 7208
 * 4.6.4): ten terms that ask the DNS, two of them may find nothing.
 */
final class SpfTree {
  static final int MOST_LOOKUPS = 10;
  static final int MOST_VOID = 2;

  /** Where we stop asking: the record is long broken by then. */
  private static final int ENOUGH = 25;

  private final Dns dns;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private int lookups;
  private int voids;
  private @Nullable String broken;
  private @Nullable String notAsked;
  private final @Nullable Node root;

  private SpfTree(Dns dns, String domain) {
    this.dns = dns;
    this.root = node(domain.toLowerCase(Locale.ROOT), 0);
  }

  static SpfTree of(Dns dns, String domain) {
    return new SpfTree(dns, domain);
  }

  /**
   * One record of the tree; what its terms lead to stands beside them.
   *
   * @param cost look-ups that each mention of it takes; one number, filled in when it is known
   */
  private record Node(
      SpfPolicy policy,
      Map<SpfPolicy.Term, List<InetAddress>> addresses,
      String domain,
      int[] cost) {}

  int lookups() {
    return lookups;
  }

  int voids() {
    return voids;
  }

  /** Why receivers give up on it ("permerror"), as a sentence. */
  @Nullable String broken() {
    return broken;
  }

  /** Why we do not know all of it. */
  @Nullable String notAsked() {
    return notAsked;
  }

  /** Null where there is not exactly one record. */
  @Nullable SpfPolicy policy() {
    return root == null ? null : root.policy();
  }

  /** Whether the record ends itself or through what it is redirected to; null where it does not. */
  @Nullable Character end() {
    return root == null ? null : end(root, 0);
  }

  /** Whether that domain's senders are allowed, directly or through others. */
  boolean includes(String domain) {
    return root != null && includes(root, domain.toLowerCase(Locale.ROOT), 0);
  }

  /** Whether mail from that address passes. */
  boolean allows(InetAddress address) {
    return root != null && result(root, address, 0) == '+';
  }

  private @Nullable Node node(String domain, int depth) {
    Node known = nodes.get(domain);
    if (known != null) {
      if (path.contains(domain)) broken("The SPF record leads back to " + domain + ".");
      else lookups += known.cost()[0];
      return known;
    }
    if (depth > MOST_LOOKUPS) return null;
    DnsAnswer<String> answer = dns.txt(domain);
    if (answer instanceof DnsAnswer.Unanswered<String>(String why)) notAsked = why;
    if (answer.empty() && depth > 0) voids++;
    List<String> records = answer.all().stream().filter(SpfPolicy::isOne).toList();
    if (records.size() > 1)
      broken(domain + " has " + records.size() + " SPF records; there must be one.");
    if (records.size() != 1) {
      if (depth > 0 && answer.known() && records.isEmpty())
        broken(domain + " is named in the SPF record, but has none of its own.");
      return null;
    }
    var node = new Node(SpfPolicy.read(records.getFirst()), new HashMap<>(), domain, new int[1]);
    nodes.put(domain, node);
    int before = lookups;
    path.addLast(domain);
    follow(node, depth);
    path.removeLast();
    node.cost()[0] = lookups - before;
    return node;
  }

  private void follow(Node node, int depth) {
    if (node.policy().wrong() != null)
      broken(
          "The SPF record of "
              + node.domain()
              + " has a word that is none of SPF's: “"
              + node.policy().wrong()
              + "”.");
    for (SpfPolicy.Term term : node.policy().terms()) {
      if (term.name().equals("all")) return; // nothing after it counts
      if (!term.asks()) continue;
      if (++lookups > ENOUGH) return;
      switch (term.name()) {
        case "include" -> descend(term.value(), depth);
        case "a" -> node.addresses().put(term, addresses(target(node, term)));
        case "mx" -> node.addresses().put(term, exchangers(target(node, term)));
        default -> {}
      }
    }
    String redirect = node.policy().redirect();
    if (redirect != null && ++lookups <= ENOUGH) descend(redirect, depth);
  }

  /** Macros depend on the message; nobody can follow them beforehand. */
  private void descend(String domain, int depth) {
    if (domain.isEmpty() || domain.contains("%")) return;
    node(name(domain), depth + 1);
  }

  private List<InetAddress> addresses(String name) {
    if (name.contains("%")) return List.of();
    DnsAnswer<InetAddress> answer = dns.addresses(name);
    if (answer.empty()) voids++;
    if (answer instanceof DnsAnswer.Unanswered<InetAddress>(String why)) notAsked = why;
    return answer.all();
  }

  private List<InetAddress> exchangers(String name) {
    if (name.contains("%")) return List.of();
    DnsAnswer<Dns.Mx> answer = dns.mx(name);
    if (answer.empty()) voids++;
    if (answer instanceof DnsAnswer.Unanswered<Dns.Mx>(String why)) notAsked = why;
    if (answer.all().size() > MOST_LOOKUPS) broken(name + " has more than ten mail exchangers.");
    List<InetAddress> all = new ArrayList<>();
    answer.all().stream()
        .limit(MOST_LOOKUPS)
        .forEach(mx -> all.addAll(dns.addresses(mx.host()).all()));
    return all;
  }

  private void broken(String why) {
    if (broken == null) broken = why;
  }

  private @Nullable Character end(Node node, int depth) {
    Character own = node.policy().end();
    String redirect = node.policy().redirect();
    if (own != null || redirect == null || depth > MOST_LOOKUPS) return own;
    Node next = nodes.get(name(redirect));
    return next == null ? null : end(next, depth + 1);
  }

  private boolean includes(Node node, String domain, int depth) {
    if (depth > MOST_LOOKUPS) return false;
    for (SpfPolicy.Term term : node.policy().terms()) {
      if (!term.name().equals("include") || term.qualifier() != '+') continue;
      if (name(term.value()).equals(domain)) return true;
      Node next = nodes.get(name(term.value()));
      if (next != null && includes(next, domain, depth + 1)) return true;
    }
    String redirect = node.policy().redirect();
    if (redirect == null) return false;
    Node next = nodes.get(name(redirect));
    return name(redirect).equals(domain) || next != null && includes(next, domain, depth + 1);
  }

  /** The qualifier of the term that matches; {@code ?} where none does (RFC 7208 4.7). */
  private char result(Node node, InetAddress address, int depth) {
    if (depth > MOST_LOOKUPS) return '?';
    for (SpfPolicy.Term term : node.policy().terms())
      if (matches(node, term, address, depth)) return term.qualifier();
    String redirect = node.policy().redirect();
    Node next = redirect == null ? null : nodes.get(name(redirect));
    return next == null ? '?' : result(next, address, depth + 1);
  }

  private boolean matches(Node node, SpfPolicy.Term term, InetAddress address, int depth) {
    return switch (term.name()) {
      case "all" -> true;
      case "include" -> {
        Node next = nodes.get(name(term.value()));
        yield next != null && result(next, address, depth + 1) == '+';
      }
      case "ip4", "ip6" -> {
        InetAddress network = literal(term.value());
        yield network != null && isIn(address, network, term);
      }
      case "a", "mx" ->
          node.addresses().getOrDefault(term, List.of()).stream()
              .anyMatch(each -> isIn(address, each, term));
      default -> false;
    };
  }

  private static boolean isIn(InetAddress address, InetAddress network, SpfPolicy.Term term) {
    byte[] one = address.getAddress();
    byte[] other = network.getAddress();
    if (one.length != other.length) return false;
    int bits = one.length == 4 ? term.bits4() : term.bits6();
    for (int bit = 0; bit < Math.min(bits, one.length * 8); bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
    }
    return true;
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  private static String target(Node node, SpfPolicy.Term term) {
    return term.value().isEmpty() ? node.domain() : term.value();
  }

  private static String name(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
