package org.postroom.domains;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;

/**
 * The DMARC policy for a domain, found by walking up the tree instead of a list of public suffixes
 * (RFC 9989, DNS Tree Walk).
 *
 * @param at the domain whose record counts; null where there is none
 * @param organization the organisational domain; the domain itself where the walk found nothing
 * @param doubled the domain that has several records, all of which are then ignored
 */
record DmarcWalk(
    @Nullable String at,
    @Nullable String record,
    Map<String, String> tags,
    String organization,
    @Nullable String doubled,
    @Nullable String notAsked) {
  private static final int MOST_LABELS = 8;

  /** What one step of the walk found. */
  private record Step(String domain, String record, Map<String, String> tags) {
    boolean psd(String value) {
      return tags.getOrDefault("psd", "u").equalsIgnoreCase(value);
    }
  }

  static DmarcWalk of(Dns dns, String domain) {
    Map<String, Step> found = new LinkedHashMap<>();
    String doubled = null;
    for (String name = domain; !name.isEmpty(); name = above(name)) {
      DnsAnswer<String> answer = dns.txt("_dmarc." + name);
      if (answer instanceof DnsAnswer.Unanswered<String>(String why))
        return new DmarcWalk(null, null, Map.of(), domain, null, why);
      List<String> records = answer.all().stream().filter(DmarcWalk::isOne).toList();
      if (records.size() > 1) doubled = doubled == null ? name : doubled;
      if (records.size() != 1) continue;
      var step = new Step(name, records.getFirst(), Tags.read(records.getFirst()).orElse(Map.of()));
      found.put(name, step);
      if (step.psd("n") || step.psd("y") && !name.equals(domain)) break;
    }
    String organization = organization(domain, found);
    Step policy = found.getOrDefault(domain, found.get(organization));
    if (policy == null && !found.isEmpty()) policy = last(found);
    return policy == null
        ? new DmarcWalk(null, null, Map.of(), organization, doubled, null)
        : new DmarcWalk(
            policy.domain(), policy.record(), policy.tags(), organization, doubled, null);
  }

  /** What receivers are asked to do with mail that proves nothing; none where nothing is said. */
  String policy(String domain) {
    String p = tags.getOrDefault("p", "none");
    boolean below = at != null && !at.equals(domain);
    return below ? tags.getOrDefault("sp", p) : p;
  }

  private static String organization(String domain, Map<String, Step> found) {
    for (Step step : found.values()) {
      if (step.psd("n")) return step.domain();
      if (step.psd("y") && !step.domain().equals(domain)) return below(step.domain(), domain);
    }
    return found.isEmpty() ? domain : last(found).domain();
  }

  private static Step last(Map<String, Step> found) {
    return List.copyOf(found.values()).getLast();
  }

  /** One label more, on the way to the domain. */
  private static String below(String suffix, String domain) {
    String rest = domain.substring(0, domain.length() - suffix.length() - 1);
    return rest.substring(rest.lastIndexOf('.') + 1) + "." + suffix;
  }

  /** Long names are shortened to seven labels at once, so that nobody can make us ask for ever. */
  private static String above(String name) {
    String[] labels = name.split("[.]");
    int from = labels.length > MOST_LABELS ? labels.length - (MOST_LABELS - 1) : 1;
    return String.join(".", Arrays.copyOfRange(labels, from, labels.length));
  }

  private static boolean isOne(String text) {
    return text.matches("(?s)v\\s*=\\s*DMARC1\\s*(;.*)?");
  }
}
