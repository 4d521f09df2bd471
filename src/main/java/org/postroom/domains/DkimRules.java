package org.postroom.domains;

import static org.postroom.domains.RecordCheck.Rule.DKIM;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;
import org.postroom.signing.SigningKey;

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
      case SendingRoute.Server(String host, List<SigningKey> keys, boolean weSign) ->
          own(keys).orElseGet(() -> none(domain, host, weSign));
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

  /** Ours: both records of the keys that sign, or else of those that are to, must be there. */
  private Optional<RecordCheck> own(List<SigningKey> keys) {
    return keys.stream()
        .filter(key -> key.state() != SigningKey.State.RETIRED)
        .max(Comparator.comparing(SigningKey::active))
        .map(this::own);
  }

  private RecordCheck own(SigningKey key) {
    List<RecordCheck> records = key.entries().stream().map(entry -> published(key, entry)).toList();
    Optional<RecordCheck> wrong =
        records.stream().filter(each -> each.verdict() != RecordCheck.Verdict.OK).findFirst();
    if (wrong.isPresent()) return wrong.get();
    String found = records.stream().map(RecordCheck::found).collect(Collectors.joining("\n"));
    return key.active()
        ? RecordCheck.ok(DKIM, "Mail is signed, and both our keys are published.", found)
        : RecordCheck.advice(
            DKIM,
            "Our keys are published. Switch them on under Email accounts, Signing.",
            found,
            null);
  }

  private RecordCheck published(SigningKey key, SigningKey.Entry entry) {
    String name = key.name(entry);
    var ours = new RecordCheck.DnsRecord(name, "TXT", entry.record().text());
    DnsAnswer<String> answer = dns.txt(name);
    if (answer instanceof DnsAnswer.Unanswered<String>(String why))
      return RecordCheck.unknown(DKIM, why);
    List<String> texts = answer.all();
    if (texts.isEmpty())
      return RecordCheck.problem(
          DKIM, "Our key " + name + " is not published yet. Add this record:", null, ours);
    if (texts.size() > 1)
      return RecordCheck.problem(
          DKIM,
          name + " has several records; receivers may take the wrong one. Leave only this one.",
          String.join("\n", texts),
          ours);
    return entry.record().isPublishedAs(texts.getFirst())
        ? judged(name, PublicKeyRecord.read(texts.getFirst()), null)
        : RecordCheck.problem(
            DKIM,
            name + " holds something else than our key. Put this record in its place:",
            texts.getFirst(),
            ours);
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
                + " by itself; its help pages say how to switch DKIM on. If it does not, Postroom"
                + " can sign: make keys under Email accounts, Signing."
            : "Nothing signs for "
                + domain
                + " that we know of. Make keys under Email accounts, Signing.",
        null,
        null);
  }
}
