package org.postroom.domains;

import static org.postroom.domains.RecordCheck.Rule.DKIM;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;

/** Whether the domain's mail carries a signature that receivers can check. */
final class DkimRules {
  private final Dns dns;
  private final ProviderTable table;

  DkimRules(Dns dns, ProviderTable table) {
    this.dns = dns;
    this.table = table;
  }

  RecordCheck check(String domain, SendingRoute route) {
    return switch (route) {
      case SendingRoute.Microsoft(String include) ->
          provider(
              domain,
              List.of("selector1", "selector2"),
              "Microsoft signs for "
                  + domain
                  + " only when DKIM is switched on for it: in the Defender portal under Email"
                  + " authentication, DKIM. It shows the two CNAME records to add.");
      case SendingRoute.Google() ->
          provider(
              domain,
              List.of("google"),
              "Google signs for "
                  + domain
                  + " only when it was told to: in the Admin console under Apps, Gmail,"
                  + " Authenticate email. It shows the TXT record to add.");
      case SendingRoute.Server(String host, boolean weSign) -> none(domain, host, weSign);
      case SendingRoute.Nowhere() -> RecordCheck.ok(DKIM, "Nothing leaves this system.", null);
    };
  }

  private RecordCheck provider(String domain, List<String> selectors, String howTo) {
    RecordCheck last = null;
    for (String selector : selectors) {
      String name = selector + "._domainkey." + domain;
      DnsAnswer<String> answer = dns.txt(name);
      if (answer instanceof DnsAnswer.Unanswered<String>(String why)) {
        last = RecordCheck.unknown(DKIM, why);
        continue;
      }
      Optional<String> text = answer.all().stream().findFirst();
      if (text.isEmpty()) continue;
      RecordCheck check = judged(name, PublicKeyRecord.read(text.get()), alias(name));
      if (check.verdict() == RecordCheck.Verdict.OK) return check;
      last = check;
    }
    return last != null ? last : RecordCheck.problem(DKIM, howTo, null, null);
  }

  /** Providers' keys often stand behind an alias, which is what the domain's owner has set. */
  private @Nullable String alias(String name) {
    return dns.cname(name).all().stream().findFirst().orElse(null);
  }

  private static RecordCheck judged(String name, PublicKeyRecord key, @Nullable String alias) {
    String found = name + (alias == null ? "" : " → " + alias) + ": " + key.text();
    if (key.trouble() != null)
      return RecordCheck.problem(DKIM, name + ": " + key.trouble(), found, null);
    if (key.testing())
      return RecordCheck.advice(
          DKIM, name + " says that it is only a test (t=y). Take that out.", found, null);
    if (key.bits() != 256 && key.bits() < 2048)
      return RecordCheck.advice(
          DKIM,
          name + " has " + key.bits() + " bits; 2048 are usual today. Make a new key.",
          found,
          null);
    return RecordCheck.ok(DKIM, "The key " + name + " is published.", found);
  }

  private RecordCheck none(String domain, String host, boolean weSign) {
    if (!weSign)
      return RecordCheck.advice(
          DKIM,
          "Exchange signs nothing by itself, and Postroom cannot sign for it. Where it hands mail"
              + " to the internet, a signing gateway is needed.",
          null,
          null);
    boolean provider = table.ofServer(host).isPresent();
    return RecordCheck.advice(
        DKIM,
        provider
            ? "The provider may sign for "
                + domain
                + " by itself; its help pages say how to switch DKIM on."
            : "Nothing signs for " + domain + " that we know of.",
        null,
        null);
  }
}
