package org.postroom.domains;

import static org.postroom.domains.RecordCheck.Rule.DKIM;
import static org.postroom.domains.RecordCheck.Rule.DMARC;
import static org.postroom.domains.RecordCheck.Rule.FROM_DOMAIN;
import static org.postroom.domains.RecordCheck.Rule.REPLIES;
import static org.postroom.domains.RecordCheck.Rule.SPF;

import java.net.IDN;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.mail.Address;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;
import org.postroom.signing.Signing;
import org.postroom.signing.SigningKey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * The records of a From domain, judged for the route its mail takes: SPF, DKIM, DMARC, and whether
 * replies arrive. Advice only. Everything is asked anew, within {@link #LIMIT}.
 */
@Service
public class DomainRecords {
  /** For everything together. */
  public static final Duration LIMIT = Duration.ofSeconds(15);

  private final Dns dns;
  private final ProviderTable table;
  private final BiFunction<String, Address, List<SigningKey>> keys;

  @Autowired
  DomainRecords(Dns dns, ProviderTable table, Signing signing) {
    this(dns, table, signing::keys);
  }

  /** With the keys of a company for a From address from elsewhere. */
  DomainRecords(Dns dns, ProviderTable table, BiFunction<String, Address, List<SigningKey>> keys) {
    this.dns = dns;
    this.table = table;
    this.keys = keys;
  }

  /** For the account's own address and the way it sends. */
  public List<RecordCheck> check(Account account) {
    String domain = domain(account.email().domain());
    return check(domain, route(account));
  }

  /** Whether a signature of ours is what counts on the way this account sends. */
  public boolean weSign(Account account) {
    return route(account) instanceof SendingRoute.Server(var host, var keys, boolean weSign)
        && weSign;
  }

  /** In the order of {@link RecordCheck.Rule}. */
  public List<RecordCheck> check(String fromDomain, SendingRoute route) {
    String domain = domain(fromDomain);
    if (route instanceof SendingRoute.Nowhere)
      return List.of(
          RecordCheck.ok(FROM_DOMAIN, "Nothing leaves this system: no records are needed.", null));
    Optional<Provider> owner = table.ofDomain(domain);
    if (owner.isPresent()) return List.of(providersDomain(owner.get(), domain, route));
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      long end = System.nanoTime() + LIMIT.toNanos();
      var spf = threads.submit(() -> new SpfRules(dns, table).check(domain, route));
      var dkim = threads.submit(() -> new DkimRules(dns, table).check(domain, route));
      var dmarc = threads.submit(() -> new DmarcRules(dns).check(domain));
      var replies = threads.submit(() -> replies(domain));
      return together(
          domain,
          route,
          awaited(spf, end, List.of(late(SPF))),
          awaited(dkim, end, late(DKIM)),
          awaited(dmarc, end, late(DMARC)),
          awaited(replies, end, late(REPLIES)));
    } finally {
      threads.shutdownNow();
    }
  }

  private List<RecordCheck> together(
      String domain,
      SendingRoute route,
      List<RecordCheck> spf,
      RecordCheck dkim,
      RecordCheck dmarc,
      RecordCheck replies) {
    List<RecordCheck> all = new ArrayList<>(spf);
    all.add(dkim);
    all.add(dmarc);
    all.add(new DmarcRules(dns).alignment(domain, route, worst(spf), dkim));
    all.add(replies);
    return all;
  }

  private static RecordCheck worst(List<RecordCheck> checks) {
    return checks.stream()
        .filter(check -> check.verdict() != RecordCheck.Verdict.OK)
        .findFirst()
        .orElse(checks.getLast());
  }

  /** Its records are the provider's; but mail from it must leave through the provider. */
  private RecordCheck providersDomain(Provider owner, String domain, SendingRoute route) {
    boolean same =
        switch (route) {
          case SendingRoute.Microsoft(String include) -> owner.kind() == Account.Kind.MICROSOFT;
          case SendingRoute.Google() -> owner.kind() == Account.Kind.GOOGLE;
          case SendingRoute.Server(String host, var keys, var weSign) -> owner.hasServer(host);
          case SendingRoute.Nowhere() -> true;
        };
    return same
        ? RecordCheck.ok(
            FROM_DOMAIN, owner.name() + " looks after the records of " + domain + ".", null)
        : RecordCheck.problem(
            FROM_DOMAIN,
            domain
                + " belongs to "
                + owner.name()
                + ". Its mail must leave through "
                + owner.name()
                + ": sent by another server it is taken for forged and refused.",
            null,
            null);
  }

  /** Replies and reports of failures go where the MX points, else to the domain's own address. */
  private RecordCheck replies(String domain) {
    DnsAnswer<Dns.Mx> answer = dns.mx(domain);
    if (answer instanceof DnsAnswer.Unanswered<Dns.Mx>(String why))
      return RecordCheck.unknown(REPLIES, why);
    List<Dns.Mx> exchangers = answer.all();
    if (exchangers.stream().anyMatch(mx -> mx.host().isEmpty()))
      return RecordCheck.problem(
          REPLIES,
          domain + " says that it takes no mail (null MX): replies and bounces are lost.",
          "MX 0 .",
          null);
    if (exchangers.isEmpty()) return withoutExchanger(domain);
    String found = exchangers.getFirst().preference() + " " + exchangers.getFirst().host();
    return dns.addresses(exchangers.getFirst().host()).empty()
        ? RecordCheck.problem(
            REPLIES,
            "The mail exchanger " + exchangers.getFirst().host() + " has no address.",
            "MX " + found,
            null)
        : RecordCheck.ok(
            REPLIES, "Replies go to " + exchangers.getFirst().host() + ".", "MX " + found);
  }

  private RecordCheck withoutExchanger(String domain) {
    DnsAnswer<?> address = dns.addresses(domain);
    if (!address.known()) return RecordCheck.unknown(REPLIES, "It could not be asked.");
    return address.empty()
        ? RecordCheck.problem(
            REPLIES,
            domain + " takes no mail: it has neither MX record nor address. Replies are lost.",
            null,
            null)
        : RecordCheck.advice(
            REPLIES,
            domain + " has no MX record; mail goes to its own address. Add an MX record.",
            null,
            null);
  }

  /** How an account's mail leaves. */
  SendingRoute route(Account account) {
    return switch (account.connection()) {
      case Connection.Local() -> new SendingRoute.Nowhere();
      case Connection.Google google -> new SendingRoute.Google();
      case Connection.Microsoft microsoft ->
          new SendingRoute.Microsoft(
              switch (microsoft.cloud()) {
                case GLOBAL -> "spf.protection.outlook.com";
                case US_GOVERNMENT, US_DEFENSE -> "spf.protection.office365.us";
                case CHINA -> "spf.protection.partner.outlook.cn";
              });
      case Connection.Exchange exchange ->
          new SendingRoute.Server(String.valueOf(exchange.uri().getHost()), List.of(), false);
      case Connection.Smtp smtp -> server(account, smtp.host());
    };
  }

  private SendingRoute server(Account account, String host) {
    Account.Kind kind = table.ofServer(host).map(Provider::kind).orElse(Account.Kind.SMTP);
    return switch (kind) {
      case MICROSOFT -> new SendingRoute.Microsoft("spf.protection.outlook.com");
      case GOOGLE -> new SendingRoute.Google();
      default ->
          new SendingRoute.Server(host, keys.apply(account.company(), account.email()), true);
    };
  }

  private static String domain(String typed) {
    return IDN.toASCII(typed, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
  }

  private static RecordCheck late(RecordCheck.Rule rule) {
    return RecordCheck.unknown(rule, "Not everybody answered in time.");
  }

  private static <T> T awaited(Future<T> answer, long end, T tooLate) {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (java.util.concurrent.TimeoutException | CancellationException late) {
      return tooLate;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return tooLate;
    } catch (ExecutionException ourMistake) {
      throw new IllegalStateException(ourMistake.getCause());
    }
  }
}
