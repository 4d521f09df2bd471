package org.postroom.domains;

import java.net.IDN;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.postroom.accounts.Account;
import org.postroom.db.Settings;
import org.postroom.mail.Address;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;
import org.postroom.net.Web;
import org.postroom.transport.Login;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * From an address to the ways its mailbox can be connected. Providers that we know are answered
 * without any network; all others by asking the domain and Thunderbird's list, at the same time,
 * within {@link #LIMIT}. Nothing is signed in to and no password is sent.
 */
@Service
public class Discovery {
  /** For everything together. */
  public static final Duration LIMIT = Duration.ofSeconds(8);

  private final ProviderTable table;
  private final Dns dns;
  private final SettingsFiles files;
  private final SettingsFile reader;

  private final Duration limit;

  @Autowired
  public Discovery(ProviderTable table, Dns dns, Web web, Settings settings) {
    this(table, dns, new SettingsFiles(web, dns, settings), LIMIT);
  }

  Discovery(ProviderTable table, Dns dns, SettingsFiles files, Duration limit) {
    this.table = table;
    this.dns = dns;
    this.files = files;
    this.reader = new SettingsFile(table);
    this.limit = limit;
  }

  /** The best way first. */
  public Discovered find(Address address) {
    String domain = IDN.toASCII(address.domain(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    Optional<Provider> known = table.ofDomain(domain);
    if (known.isPresent())
      return new Discovered(
          address, Offers.of(known.get(), address, Suggestion.Source.TABLE), List.of());
    // The order of this list is the order of the suggestions.
    return together(
        address,
        List.of(
            () -> byExchanger(address, domain),
            () -> byAutodiscover(address, domain),
            () -> bySettingsFile(address, domain),
            () -> byList(address, domain),
            () -> byServices(address, domain)));
  }

  private Discovered together(Address address, List<Callable<Found>> questions) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<Suggestion> suggestions = new ArrayList<>();
    Set<String> troubles = new LinkedHashSet<>();
    try {
      for (Future<Found> answer :
          threads.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS)) {
        Found found = of(answer);
        for (Suggestion each : found.suggestions())
          if (suggestions.stream().noneMatch(each::sameAs)) suggestions.add(each);
        if (found.trouble() != null) troubles.add(found.trouble());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
    return new Discovered(address, suggestions, List.copyOf(troubles));
  }

  private static Found of(Future<Found> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException tooLate) {
      return Found.notAsked("Not everybody answered in time.");
    } catch (ExecutionException ourMistake) {
      throw new IllegalStateException(ourMistake.getCause());
    }
  }

  /** Who receives a domain's mail usually sends it, too. */
  private Found byExchanger(Address address, String domain) {
    DnsAnswer<Dns.Mx> answer = dns.mx(domain);
    if (answer instanceof DnsAnswer.Unanswered<Dns.Mx>(String why)) return Found.notAsked(why);
    return Found.of(
        answer.all().stream()
            .flatMap(mx -> table.ofExchanger(mx.host()).stream())
            .findFirst()
            .map(provider -> Offers.of(provider, address, Suggestion.Source.MX))
            .orElse(List.of()));
  }

  /**
   * Where Outlook would look. Microsoft's cloud is told by the alias it asks its customers for; an
   * Exchange server by offering a Windows sign-in at the address of its web services.
   */
  private Found byAutodiscover(Address address, String domain) {
    String host = "autodiscover." + domain;
    boolean cloud =
        dns.cname(host).all().stream()
            .anyMatch(to -> to.equals("autodiscover.outlook.com") || to.endsWith(".outlook.com"));
    if (cloud) return Found.of(microsoft(address));
    Dns.Srv service =
        dns.srv("_autodiscover._tcp." + domain).all().stream()
            .filter(srv -> isHost(srv.target()))
            .findFirst()
            .orElse(new Dns.Srv(0, 0, 443, host));
    if (service.target().endsWith(".outlook.com")) return Found.of(microsoft(address));
    String port = service.port() == 443 ? "" : ":" + service.port();
    URI uri = URI.create("https://" + service.target() + port + "/EWS/Exchange.asmx");
    boolean windows =
        files.challenges(uri).stream()
            .map(way -> way.toUpperCase(Locale.ROOT))
            .anyMatch(way -> way.startsWith("NTLM") || way.startsWith("NEGOTIATE"));
    return windows ? Found.of(List.of(exchange(uri))) : Found.NOTHING;
  }

  private Found bySettingsFile(Address address, String domain) {
    return Found.of(
        files
            .ofDomain(address, domain)
            .map(file -> reader.suggestions(file, address, Suggestion.Source.AUTOCONFIG))
            .orElse(List.of()));
  }

  /** By the domain, else by the domain of whoever receives its mail. */
  private Found byList(Address address, String domain) {
    Set<String> names = new LinkedHashSet<>(List.of(domain));
    dns.mx(domain).all().stream()
        .map(Dns.Mx::host)
        .filter(Discovery::isHost)
        .limit(1)
        .forEach(host -> {
          names.add(host.substring(host.indexOf('.') + 1));
          names.add(host.replaceFirst("^.*[.]([^.]+[.][^.]+)$", "$1"));
        });
    return names.stream()
        .flatMap(name -> files.ofList(address, name).stream())
        .findFirst()
        .map(file -> Found.of(reader.suggestions(file, address, Suggestion.Source.ISPDB)))
        .orElse(Found.NOTHING);
  }

  /** RFC 6186, and RFC 8314 for TLS from the start, which it prefers. */
  private Found byServices(Address address, String domain) {
    List<Suggestion> found = new ArrayList<>();
    for (Dns.Srv srv : offered("_submissions._tcp." + domain))
      found.add(service(srv, Login.Security.TLS, address, domain));
    for (Dns.Srv srv : offered("_submission._tcp." + domain))
      found.add(service(srv, Login.Security.STARTTLS, address, domain));
    return Found.of(found);
  }

  private List<Dns.Srv> offered(String name) {
    return dns.srv(name).all().stream()
        .filter(srv -> isHost(srv.target()) && srv.port() > 0)
        .limit(4)
        .toList();
  }

  private Suggestion service(Dns.Srv srv, Login.Security security, Address address, String domain) {
    boolean elsewhere = !srv.target().equals(domain) && !srv.target().endsWith("." + domain);
    return new Suggestion(
        Account.Kind.SMTP,
        table.ofServer(srv.target()).map(Provider::name).orElse(domain),
        new Suggestion.Smtp(srv.target(), srv.port(), security, true, address.spec()),
        null,
        Suggestion.Source.SRV,
        // RFC 6186, section 6: a person confirms a server outside the domain.
        elsewhere
            ? "The server is not part of "
                + domain
                + ". Is it your provider's? If not, do not go on."
            : null,
        Offers.limits(srv.target(), srv.port(), address));
  }

  /** Records may hold any bytes; what we call or show is a host's name. */
  private static boolean isHost(String name) {
    return name.matches("([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])*[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  }

  private List<Suggestion> microsoft(Address address) {
    return table
        .ofServer("smtp.office365.com")
        .map(provider -> Offers.of(provider, address, Suggestion.Source.AUTODISCOVER))
        .orElse(List.of());
  }

  private static Suggestion exchange(URI uri) {
    return new Suggestion(
        Account.Kind.EXCHANGE,
        "Exchange at " + uri.getHost(),
        null,
        uri,
        Suggestion.Source.AUTODISCOVER,
        null,
        null);
  }
}
