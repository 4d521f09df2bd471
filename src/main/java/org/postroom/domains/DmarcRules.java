package org.postroom.domains;

import static org.postroom.domains.RecordCheck.Rule.ALIGNMENT;
import static org.postroom.domains.RecordCheck.Rule.DMARC;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.domains.RecordCheck.DnsRecord;
import org.postroom.domains.RecordCheck.Verdict;
import org.postroom.net.Dns;

/** What the domain asks receivers to do with mail that proves nothing (RFC 9989). */
final class DmarcRules {
  private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

  /** Tags of RFC 7489 that its successor took out. */
  private static final List<String> REMOVED = List.of("pct", "rf", "ri");

  private final Dns dns;

  DmarcRules(Dns dns) {
    this.dns = dns;
  }

  RecordCheck check(String domain) {
    DmarcWalk walk = DmarcWalk.of(dns, domain);
    if (walk.notAsked() != null) return RecordCheck.unknown(DMARC, walk.notAsked());
    if (walk.doubled() != null)
      return RecordCheck.problem(
          DMARC,
          "_dmarc."
              + walk.doubled()
              + " has several DMARC records, and receivers then ignore all of them. Leave one.",
          null,
          null);
    if (walk.at() == null) return missing(domain);
    String wrong = wrong(walk, domain);
    if (wrong != null) return RecordCheck.problem(DMARC, wrong, walk.record(), null);
    List<String> advice = advice(walk, domain);
    String where = walk.at().equals(domain) ? "" : " It stands at _dmarc." + walk.at() + ".";
    String policy = "The policy for " + domain + " is “" + walk.policy(domain) + "”." + where;
    return advice.isEmpty()
        ? RecordCheck.ok(DMARC, policy, walk.record())
        : RecordCheck.advice(DMARC, policy + " " + String.join(" ", advice), walk.record(), null);
  }

  /** Only one of both is needed: then mail of this domain is told from forged one. */
  RecordCheck alignment(String domain, SendingRoute route, RecordCheck spf, RecordCheck dkim) {
    if (route instanceof SendingRoute.Nowhere)
      return RecordCheck.ok(ALIGNMENT, "Nothing leaves this system.", null);
    boolean signed = dkim.verdict() == Verdict.OK;
    boolean named = spf.verdict() == Verdict.OK;
    if (signed && named)
      return RecordCheck.ok(
          ALIGNMENT, "Both SPF and DKIM speak for " + domain + ", the domain in From.", null);
    if (signed || named)
      return RecordCheck.advice(
          ALIGNMENT,
          (signed ? "Only DKIM speaks" : "Only SPF speaks")
              + " for "
              + domain
              + ". Enough for DMARC; Gmail, Yahoo and Outlook.com want both from senders of 5,000"
              + " mails a day and more"
              + (signed ? "." : ", and SPF does not survive forwarding."),
          null,
          null);
    if (dkim.verdict() == Verdict.UNKNOWN || spf.verdict() == Verdict.UNKNOWN)
      return RecordCheck.unknown(ALIGNMENT, "Not everything could be asked.");
    return RecordCheck.problem(
        ALIGNMENT,
        "Neither SPF nor DKIM speaks for "
            + domain
            + ": Gmail and others may refuse its mail or take it for spam.",
        null,
        null);
  }

  private static RecordCheck missing(String domain) {
    return RecordCheck.problem(
        DMARC,
        domain
            + " has no DMARC record. Large receivers want one from regular senders. This one asks"
            + " for nothing yet:",
        null,
        new DnsRecord("_dmarc." + domain, "TXT", "v=DMARC1; p=none"));
  }

  private static @Nullable String wrong(DmarcWalk walk, String domain) {
    Map<String, String> tags = walk.tags();
    if (tags.isEmpty()) return "The DMARC record is no list of tags: receivers ignore it.";
    for (String tag : List.of("p", "sp", "np")) {
      String value = tags.get(tag);
      if (value != null && !POLICIES.contains(value.toLowerCase(java.util.Locale.ROOT)))
        return "“"
            + tag
            + "="
            + value
            + "” is no policy: it must be none, quarantine or reject. Receivers take it for none.";
    }
    return null;
  }

  /** Unknown tags are ignored by receivers, and so by us. */
  private static List<String> advice(DmarcWalk walk, String domain) {
    List<String> advice = new ArrayList<>();
    Map<String, String> tags = walk.tags();
    if (!tags.containsKey("p")) advice.add("It names no policy (p=), which means none.");
    for (String tag : REMOVED)
      if (tags.containsKey(tag))
        advice.add("The tag “" + tag + "” was taken out of DMARC in 2026: leave it out.");
    if (tags.getOrDefault("t", "n").equalsIgnoreCase("y"))
      advice.add("It is only a test (t=y): receivers do one step less than it asks.");
    if (tags.getOrDefault("psd", "u").equalsIgnoreCase("y") && domain.equals(walk.at()))
      advice.add("It says that this is a public suffix (psd=y), which is hardly so.");
    return advice;
  }
}
