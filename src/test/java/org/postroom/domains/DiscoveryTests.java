package org.postroom.domains;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.accounts.Account;
import org.postroom.db.Settings;
import org.postroom.domains.Suggestion.Source;
import org.postroom.mail.Address;
import org.postroom.net.Dns;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.DnsServer;
import org.postroom.testkit.HttpsFiles;
import org.postroom.transport.Login;

class DiscoveryTests {
  private static final String FILE =
      """
      <clientConfig version="1.1"><emailProvider id="x"><displayName>Acme Hosting</displayName>
      <incomingServer type="imap"><hostname>imap.host.example</hostname><port>993</port>
        <socketType>SSL</socketType></incomingServer>
      %s
      </emailProvider></clientConfig>
      """;

  private DnsServer dns;
  private HttpsFiles files;
  private Web web;

  @BeforeEach
  void start() {
    dns = DnsServer.start();
    files = HttpsFiles.start();
    web = new Web(Trust.withAlso(List.of(files.certificates().authority())));
  }

  @AfterEach
  void stop() {
    web.close();
    files.close();
    dns.close();
  }

  @Test
  void providersKnownByHeartNeedNoNetwork() {
    Discovered gmail = find("anna@gmail.com");
    assertThat(gmail.suggestions())
        .extracting(Suggestion::kind)
        .containsExactly(Account.Kind.GOOGLE, Account.Kind.SMTP);
    assertThat(gmail.suggestions().getLast().note()).contains("app password");
    assertThat(gmail.suggestions().getFirst().limits().perDay()).isEqualTo(500);

    Discovered outlook = find("anna@hotmail.co.uk");
    assertThat(outlook.suggestions())
        .extracting(Suggestion::kind)
        .containsExactly(Account.Kind.MICROSOFT);
    assertThat(outlook.suggestions().getFirst().note()).contains("takes no passwords");

    assertThat(smtp(find("anna.b@FREE.fr")).username()).isEqualTo("anna.b");
    assertThat(smtp(find("anna@gmx.de")))
        .isEqualTo(
            new Suggestion.Smtp("mail.gmx.net", 465, Login.Security.TLS, true, "anna@gmx.de"));
    assertThat(find("x@acme.onmicrosoft.com").suggestions().getFirst().kind())
        .isEqualTo(Account.Kind.MICROSOFT);
    assertThat(dns.asked()).isEmpty();
    assertThat(files.asked()).isEmpty();
  }

  @Test
  void theDomainsMailExchangerTellsMicrosoftAndGoogle() {
    dns.mx("acme.example", 0, "acme-example.mail.protection.outlook.com");
    Suggestion microsoft = find("anna@acme.example").suggestions().getFirst();
    assertThat(microsoft.kind()).isEqualTo(Account.Kind.MICROSOFT);
    assertThat(microsoft.provider()).isEqualTo("Microsoft 365");
    assertThat(microsoft.source()).isEqualTo(Source.MX);
    assertThat(microsoft.limits().perMinute()).isEqualTo(30);

    dns.mx("bakery.example", 1, "aspmx.l.google.com");
    assertThat(find("anna@bakery.example").suggestions())
        .extracting(Suggestion::kind, Suggestion::provider)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Account.Kind.GOOGLE, "Google Workspace"),
            org.assertj.core.groups.Tuple.tuple(Account.Kind.SMTP, "Google Workspace"));
    dns.mx("shop.example", 10, "mx00.kundenserver.de");
    assertThat(smtp(find("anna@shop.example")).host()).isEqualTo("smtp.ionos.de");
    // A name that only looks like it does not count.
    dns.mx("evil.example", 1, "mail.protection.outlook.com.evil.example");
    dns.mx("evil2.example", 1, "evilgoogle.com");
    assertThat(find("anna@evil.example").suggestions()).isEmpty();
    assertThat(find("anna@evil2.example").suggestions()).isEmpty();
  }

  @Test
  void microsoftBehindAFilterIsToldByItsAutodiscover() {
    dns.mx("acme.example", 0, "mx.filter.example");
    dns.cname("autodiscover.acme.example", "autodiscover.outlook.com");
    assertThat(find("anna@acme.example").suggestions())
        .singleElement()
        .extracting(Suggestion::kind, Suggestion::source)
        .containsExactly(Account.Kind.MICROSOFT, Source.AUTODISCOVER);
  }

  @Test
  void theDomainsOwnFileComesBeforeTheListAndTheServiceRecords() {
    files.put("/config/acme.example", file(server("smtp.acme.example", 465, "SSL")));
    files.put("/v1.1/acme.example", file(server("smtp.list.example", 587, "STARTTLS")));
    dns.srv("_submissions._tcp.acme.example", 0, 465, "smtp.acme.example");
    dns.srv("_submission._tcp.acme.example", 0, 587, "mail.acme.example");
    List<Suggestion> found = find("anna@acme.example").suggestions();
    assertThat(found)
        .extracting(s -> s.smtp().host() + ":" + s.smtp().port() + " " + s.source())
        .containsExactly(
            "smtp.acme.example:465 AUTOCONFIG",
            "smtp.list.example:587 ISPDB",
            "mail.acme.example:587 SRV");
    assertThat(found.getFirst().provider()).isEqualTo("Acme Hosting");
    assertThat(found.getFirst().smtp().security()).isEqualTo(Login.Security.TLS);
    assertThat(found.getLast().smtp().security()).isEqualTo(Login.Security.STARTTLS);
    assertThat(files.asked()).contains("/config/acme.example?who=anna%40acme.example");
  }

  @Test
  void theListIsAskedForTheDomainOfTheExchanger() {
    dns.mx("acme.example", 10, "mx1.eu.host.example");
    files.put("/v1.1/host.example", file(server("smtp.host.example", 465, "SSL")));
    assertThat(smtp(find("anna@acme.example")).host()).isEqualTo("smtp.host.example");
    assertThat(files.asked())
        .contains("/v1.1/acme.example", "/v1.1/eu.host.example", "/v1.1/host.example");
  }

  @Test
  void aServerWithoutEncryptionIsNamedOnlyWhereThereIsNoOther() {
    files.put(
        "/config/acme.example",
        file(
            server("open.acme.example", 25, "plain")
                + server("safe.acme.example", 587, "STARTTLS")));
    assertThat(find("anna@acme.example").suggestions())
        .extracting(s -> s.smtp().host())
        .containsExactly("safe.acme.example");
    files.put("/config/old.example", file(server("open.old.example", 25, "plain")));
    Suggestion open = find("anna@old.example").suggestions().getFirst();
    assertThat(open.smtp().security()).isEqualTo(Login.Security.NONE);
    assertThat(open.note()).contains("without encryption");
  }

  @Test
  void filesThatNameMicrosoftOrGoogleLeadToTheirSignIn() {
    files.put("/config/acme.example", file(server("smtp.office365.com", 587, "STARTTLS")));
    assertThat(find("anna@acme.example").suggestions())
        .singleElement()
        .extracting(Suggestion::kind)
        .isEqualTo(Account.Kind.MICROSOFT);
  }

  @Test
  void anExchangeServerIsToldByItsWindowsSignIn() {
    files.reply("/EWS/Exchange.asmx", 401, Map.of("WWW-Authenticate", "NTLM"), new byte[0]);
    dns.srv("_autodiscover._tcp.acme.example", 0, files.port(), "localhost");
    Suggestion found =
        find("anna@acme.example", Map.of("POSTROOM_PRIVATE_NETWORKS", "yes"))
            .suggestions()
            .getFirst();
    assertThat(found.kind()).isEqualTo(Account.Kind.EXCHANGE);
    assertThat(found.exchange()).hasToString(files.url() + "/EWS/Exchange.asmx");
    // Not the operator's wish: then our own network is not called, whatever a domain says.
    int before = files.asked().size();
    assertThat(find("anna@acme.example").suggestions()).isEmpty();
    assertThat(files.asked().subList(before, files.asked().size()))
        .noneMatch(path -> path.startsWith("/EWS"));
  }

  @Test
  void aDomainsOwnFileIsNeverFetchedFromAPrivateNetwork() {
    // No template: the names autoconfig.localhost and localhost lead to ourselves.
    var own = new HashMap<>(settings());
    own.remove("POSTROOM_AUTOCONFIG_URL");
    var settings = new Settings(own);
    var guard = new SettingsFiles(web, dns(), settings);
    assertThat(guard.mayCall("localhost")).isFalse();
    dns.a("localhost", "9.9.9.9"); // what DNS says is not enough: the system knows better
    assertThat(guard.mayCall("localhost")).isFalse();
    dns.a("inside.example", "10.0.0.1").a("inside.example", "9.9.9.9");
    assertThat(guard.mayCall("inside.example")).isFalse();
    assertThat(guard.mayCall("no-such-name.invalid")).isFalse();
    assertThat(guard.mayCall("10.0.0.1")).isFalse();
    new Discovery(new ProviderTable(), dns(), web, settings).find(Address.of("anna@localhost"));
    assertThat(files.asked()).allMatch(path -> path.startsWith("/v1.1/"));
  }

  @Test
  void hostileFilesAreNoFiles() {
    String good = server("smtp.acme.example", 465, "SSL");
    files.put(
        "/config/entity.example",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + file(good.replace("SSL", "&e;")));
    files.put(
        "/config/bomb.example",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + file(good + "&b;"));
    files.put("/config/big.example", file(good + "<!--" + "x".repeat(300_000) + "-->"));
    files.put("/config/deep.example", "<clientConfig>" + "<a>".repeat(5000));
    files.put("/config/many.example", file(good.repeat(200)));
    files.put("/config/garbage.example", "Not found, but with status 200");
    files.put("/config/empty.example", new byte[0]);
    files.put("/config/host.example", file(server("smtp.acme.example/../x y", 465, "SSL")));
    files.put("/config/port.example", file(server("smtp.acme.example", 99999, "SSL")));
    files.put("/config/cut.example", file(good).substring(0, 200));
    files.reply("/config/away.example", 301, Map.of("Location", "http://localhost/"), new byte[0]);
    files.reply(
        "/config/loop.example",
        302,
        Map.of("Location", files.url() + "/config/loop.example?again"),
        new byte[0]);
    for (String domain :
        "entity bomb big deep many garbage empty host port cut away loop".split(" "))
      assertThat(find("anna@" + domain + ".example").suggestions()).as(domain).isEmpty();
  }

  @Test
  void aFileElsewhereIsFollowed() {
    files.reply(
        "/config/acme.example", 301, Map.of("Location", files.url() + "/moved"), new byte[0]);
    files.put("/moved", file(server("smtp.acme.example", 465, "SSL")));
    assertThat(smtp(find("anna@acme.example")).host()).isEqualTo("smtp.acme.example");
  }

  @Test
  void aDomainThatOffersNoSubmissionOrIsElsewhereIsToldSo() {
    dns.srv("_submission._tcp.acme.example", 0, 0, ".");
    assertThat(find("anna@acme.example").suggestions()).isEmpty();
    dns.srv("_submission._tcp.shop.example", 0, 587, "smtp.provider.example");
    assertThat(find("anna@shop.example").suggestions().getFirst().note())
        .contains("not part of shop.example");
  }

  @Test
  void whoDoesNotAnswerHoldsNobodyUpForLong() {
    files.silent("/config/acme.example").silent("/v1.1/acme.example");
    dns.fail("acme.example").silent("autodiscover.acme.example");
    dns.srv("_submission._tcp.acme.example", 0, 587, "smtp.acme.example");
    var guard = new SettingsFiles(web, dns(), new Settings(settings()));
    Discovered found =
        new Discovery(new ProviderTable(), dns(), guard, Duration.ofMillis(1500))
            .find(Address.of("anna@acme.example"));
    assertThat(smtp(found).host()).isEqualTo("smtp.acme.example");
    assertThat(found.notAsked())
        .containsExactly(
            "The DNS server could not answer for acme.example (SERVFAIL).",
            "Not everybody answered in time.");
  }

  @Test
  void theTableIsWellFormed() {
    var table = new ProviderTable();
    assertThat(table.all()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(table.all()).extracting(Provider::name).doesNotHaveDuplicates();
    assertThat(table.all().stream().flatMap(p -> p.domains().stream()).toList())
        .doesNotHaveDuplicates()
        .allMatch(domain -> domain.matches("([*][.])?[a-z0-9-]+([.][a-z0-9-]+)+"));
    assertThat(table.all()).allMatch(p -> !p.servers().isEmpty());
    assertThat(table.all()).allMatch(p -> !p.domains().isEmpty() || !p.mx().isEmpty());
  }

  @Test
  void limitsAreThoseAnAccountWouldStartWith() {
    Address anna = Address.of("anna@acme.example");
    assertThat(Offers.limits("smtp.gmail.com", 587, anna).perDay()).isEqualTo(2000);
    assertThat(Offers.limits("smtp.office365.com", 587, anna).connections()).isEqualTo(3);
    assertThat(Offers.limits("smtp.acme.example", 587, anna)).isNull();
  }

  private Discovered find(String address) {
    return find(address, Map.of());
  }

  private Discovered find(String address, Map<String, String> more) {
    var all = new HashMap<>(settings());
    all.putAll(more);
    return new Discovery(new ProviderTable(), dns(), web, new Settings(all))
        .find(Address.of(address));
  }

  private Dns dns() {
    return new Dns(List.of(dns.address()), Duration.ofMillis(400));
  }

  private Map<String, String> settings() {
    return Map.of(
        "POSTROOM_AUTOCONFIG_URL", files.url() + "/config/{domain}?who={email}",
        "POSTROOM_ISPDB_URL", files.url() + "/v1.1/");
  }

  private static Suggestion.Smtp smtp(Discovered found) {
    return found.suggestions().getFirst().smtp();
  }

  private static String file(String servers) {
    String file = FILE.formatted(servers);
    assertThat(file.getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    return file;
  }

  private static String server(String host, int port, String socket) {
    return """
    <outgoingServer type="smtp"><hostname>%s</hostname><port>%d</port>
    <socketType>%s</socketType><authentication>password-cleartext</authentication>
    <username>%%EMAILADDRESS%%</username></outgoingServer>
    """
        .formatted(host, port, socket);
  }
}
