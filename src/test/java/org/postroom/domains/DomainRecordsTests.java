package org.postroom.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.domains.RecordCheck.Rule.ALIGNMENT;
import static org.postroom.domains.RecordCheck.Rule.DKIM;
import static org.postroom.domains.RecordCheck.Rule.DMARC;
import static org.postroom.domains.RecordCheck.Rule.FROM_DOMAIN;
import static org.postroom.domains.RecordCheck.Rule.REPLIES;
import static org.postroom.domains.RecordCheck.Rule.SPF;
import static org.postroom.domains.RecordCheck.Rule.SPF_ROUTE;
import static org.postroom.domains.RecordCheck.Verdict.ADVICE;
import static org.postroom.domains.RecordCheck.Verdict.OK;
import static org.postroom.domains.RecordCheck.Verdict.PROBLEM;
import static org.postroom.domains.RecordCheck.Verdict.UNKNOWN;
import static org.postroom.mail.DkimKey.Algorithm.ED25519;
import static org.postroom.mail.DkimKey.Algorithm.RSA;

import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.DkimKey;
import org.postroom.net.Dns;
import org.postroom.signing.Published;
import org.postroom.signing.SigningKey;
import org.postroom.testkit.DnsServer;

class DomainRecordsTests {
  private static final SendingRoute MICROSOFT =
      new SendingRoute.Microsoft("spf.protection.outlook.com");
  private static final SendingRoute OWN = server(List.of());
  private static final String D = "acme.example";

  private DnsServer dns;
  private DomainRecords records;
  private int made;

  @BeforeEach
  void start() {
    dns = DnsServer.start();
    dns.mx(D, 10, "mx.acme.example").a("mx.acme.example", "192.0.2.10");
    dns.a("smtp.acme.example", "192.0.2.20");
    dns.txt("spf.protection.outlook.com", "v=spf1 ip4:198.51.100.0/24 -all");
    dns.txt("_spf.google.com", "v=spf1 include:_netblocks.google.com ~all");
    dns.txt("_netblocks.google.com", "v=spf1 ip4:203.0.113.0/24 ~all");
    var asked = new Dns(List.of(dns.address()), Duration.ofMillis(400));
    records = new DomainRecords(asked, new ProviderTable(), (company, from) -> List.of());
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  @Test
  void aWellKeptDomainNeedsNothing() throws Exception {
    dns.txt(D, "v=spf1 include:spf.protection.outlook.com -all").txt(D, "site-verification=1");
    dns.cname("selector1._domainkey.acme.example", "s1.acme.onmicrosoft.example");
    dns.txt("s1.acme.onmicrosoft.example", "v=DKIM1; k=rsa; p=" + rsa(2048));
    dns.txt("_dmarc.acme.example", "v=DMARC1; p=quarantine; rua=mailto:d@acme.example");
    List<RecordCheck> all = records.check("Acme.Example", MICROSOFT);
    assertThat(all)
        .extracting(RecordCheck::rule)
        .containsExactly(SPF, SPF_ROUTE, DKIM, DMARC, ALIGNMENT, REPLIES);
    assertThat(all).allMatch(check -> check.verdict() == OK);
    assertThat(of(all, DKIM).found()).contains("s1.acme.onmicrosoft.example");
    assertThat(of(all, REPLIES).found()).isEqualTo("MX 10 mx.acme.example");
  }

  @Test
  void whatIsMissingIsGivenToCopy() {
    List<RecordCheck> all = records.check(D, MICROSOFT);
    assertThat(of(all, SPF).add())
        .isEqualTo(
            new RecordCheck.DnsRecord(D, "TXT", "v=spf1 include:spf.protection.outlook.com ~all"));
    assertThat(of(all, DMARC).add())
        .isEqualTo(new RecordCheck.DnsRecord("_dmarc.acme.example", "TXT", "v=DMARC1; p=none"));
    assertThat(of(all, DKIM).sentence()).contains("Defender portal");
    assertThat(of(all, ALIGNMENT).verdict()).isEqualTo(PROBLEM);
    assertThat(of(records.check(D, new SendingRoute.Google()), DKIM).sentence())
        .contains("Admin console");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=spf1 ip4:192.0.2.20 -all | OK
          v=spf1 ip4:192.0.2.16/28 ~all | OK
          v=spf1 a:smtp.acme.example ~all | OK
          v=spf1 mx a:smtp.acme.example/24 -all | OK
          V=SPF1 IP4:192.0.2.20 -ALL | OK
          v=spf1 ip4:192.0.2.20 exp=why.%{d} -all | OK
          v=spf1 exists:%{i}._spf.acme.example a:smtp.acme.example -all | OK
          v=spf1 redirect=_netblocks.google.com | OK
          v=spf1 ip4:192.0.2.20 +all | PROBLEM
          v=spf1 ip4:192.0.2.20 all | PROBLEM
          v=spf1 ip4:192.0.2.20 ?all | ADVICE
          v=spf1 ip4:192.0.2.20 | ADVICE
          v=spf1 ipv4:192.0.2.20 -all | PROBLEM
          v=spf1 include:nothing.example -all | PROBLEM
          v=spf1 include:acme.example -all | PROBLEM
          v=spf1 a:n1.example a:n2.example a:n3.example -all | PROBLEM
          """)
  void judgesSpfRecords(String record, RecordCheck.Verdict verdict) {
    dns.txt(D, record);
    assertThat(of(records.check(D, OWN), SPF)).extracting(RecordCheck::verdict).isEqualTo(verdict);
  }

  @Test
  void severalSpfRecordsAreNone() {
    dns.txt(D, "v=spf1 -all").txt(D, "v=spf1 mx -all").txt(D, "v=spf10 -all");
    RecordCheck spf = of(records.check(D, OWN), SPF);
    assertThat(spf.verdict()).isEqualTo(PROBLEM);
    assertThat(spf.sentence()).contains("2 SPF records");
  }

  @Test
  void countsLookUpsThroughIncludesAndRedirects() {
    dns.txt(D, "v=spf1 include:a.example mx include:b.example ~all"); // 3
    dns.txt("a.example", "v=spf1 a:smtp.acme.example mx:acme.example include:c.example -all"); // 3
    dns.txt("c.example", "v=spf1 ip4:192.0.2.1 exists:x.example ptr -all"); // 2
    dns.txt("b.example", "v=spf1 redirect=d.example"); // 1
    dns.txt("d.example", "v=spf1 a:smtp.acme.example -all"); // 1
    assertThat(of(records.check(D, OWN), SPF).sentence()).contains("10 of ten look-ups");
    dns.forget("d.example").txt("d.example", "v=spf1 a:smtp.acme.example include:c.example -all");
    RecordCheck eleven = of(records.check(D, OWN), SPF);
    assertThat(eleven.verdict()).isEqualTo(PROBLEM);
    assertThat(eleven.sentence()).contains("needs 13 look-ups");
  }

  @Test
  void aRecordThatAsksForEverAsksForEverOfNobody() {
    for (int i = 0; i < 200; i++)
      dns.txt(
          "n" + i + ".example",
          "v=spf1 include:n" + (i + 1) + ".example a:n" + i + ".example -all");
    dns.txt(D, "v=spf1 include:n0.example -all");
    assertThat(of(records.check(D, OWN), SPF).verdict()).isEqualTo(PROBLEM);
    assertThat(dns.asked().size()).isLessThan(120);
  }

  @Test
  void theRouteMustBeNamed() {
    dns.txt(D, "v=spf1 ip4:192.0.2.20 mx ~all");
    RecordCheck missing = of(records.check(D, MICROSOFT), SPF_ROUTE);
    assertThat(missing.verdict()).isEqualTo(PROBLEM);
    assertThat(missing.add().value())
        .isEqualTo("v=spf1 ip4:192.0.2.20 mx include:spf.protection.outlook.com ~all");
    assertThat(of(records.check(D, OWN), SPF_ROUTE).verdict()).isEqualTo(OK);

    dns.forget(D).mx(D, 10, "mx.acme.example").txt(D, "v=spf1 include:flat.example -all");
    dns.txt("flat.example", "v=spf1 ip4:198.51.100.0/24 -all");
    assertThat(of(records.check(D, MICROSOFT), SPF_ROUTE).verdict()).isEqualTo(OK);
    RecordCheck own = of(records.check(D, OWN), SPF_ROUTE);
    assertThat(own.verdict()).isEqualTo(ADVICE);
    assertThat(own.add().value()).isEqualTo("v=spf1 include:flat.example a:smtp.acme.example -all");

    dns.forget(D).txt(D, "v=spf1 -include:_spf.google.com ~all");
    assertThat(of(records.check(D, new SendingRoute.Google()), SPF_ROUTE).verdict())
        .isEqualTo(PROBLEM);
    dns.forget(D).txt(D, "v=spf1 redirect=_spf.google.com");
    assertThat(of(records.check(D, new SendingRoute.Google()), SPF_ROUTE).verdict()).isEqualTo(OK);
  }

  @Test
  void weakWithdrawnAndBrokenKeysAreTold() throws Exception {
    String name = "google._domainkey.acme.example";
    for (String[] each :
        new String[][] {
          {"v=DKIM1; k=rsa; p=" + rsa(1024), "ADVICE", "1024 bits"},
          {"k=rsa; p=" + rsa(2048), "OK", "is published"},
          {"v=DKIM1; p=" + rsa(512), "PROBLEM", "512 bits"},
          {"v=DKIM1; k=rsa; p=", "PROBLEM", "withdrawn"},
          {"v=DKIM1; k=rsa; p=" + rsa(2048).substring(0, 200), "PROBLEM", "cannot be read"},
          {"v=DKIM1; t=y; p=" + rsa(2048), "ADVICE", "only a test"},
          {"v=DKIM1; h=sha1; p=" + rsa(2048), "PROBLEM", "SHA-256"},
          {"v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(new byte[32]), "OK", "is"},
          {"hello", "PROBLEM", "no list of tags"}
        }) {
      dns.forget(name).txt(name, each[0]);
      RecordCheck dkim = of(records.check(D, new SendingRoute.Google()), DKIM);
      assertThat(dkim.verdict().name()).as(each[0]).isEqualTo(each[1]);
      assertThat(dkim.sentence()).contains(each[2]);
    }
  }

  @Test
  void bothRecordsOfOurKeysMustBeThePublishedOnes() {
    SigningKey key = key(SigningKey.State.ACTIVE);
    String rsa = key.name(key.entries().getFirst());
    String ed = key.name(key.entries().getLast());
    RecordCheck missing = dkim(key);
    assertThat(missing.verdict()).isEqualTo(PROBLEM);
    assertThat(missing.sentence()).contains("not published yet");
    assertThat(missing.add()).isEqualTo(new RecordCheck.DnsRecord(rsa, "TXT", text(key, 0)));

    dns.txt(rsa, text(key(SigningKey.State.ACTIVE), 0));
    assertThat(dkim(key).sentence()).contains("holds something else");
    dns.forget(rsa).txt(rsa, text(key, 0)).txt(rsa, "v=DKIM1; p=");
    assertThat(dkim(key).sentence()).contains("several records");

    dns.forget(rsa).txt(rsa, text(key, 0));
    assertThat(dkim(key).add()).isEqualTo(new RecordCheck.DnsRecord(ed, "TXT", text(key, 1)));
    dns.txt(ed, text(key, 1));
    assertThat(dkim(key).verdict()).isEqualTo(OK);
    assertThat(dkim(key).found()).contains(rsa, ed);
    dns.forget(ed).txt(ed, text(key, 1) + "; t=y");
    assertThat(dkim(key).verdict()).isEqualTo(ADVICE);
    dns.fail(ed);
    assertThat(dkim(key).verdict()).isEqualTo(UNKNOWN);
  }

  @Test
  void whichOfOurKeysCountsDependsOnWhetherTheySign() {
    SigningKey waiting = key(SigningKey.State.WAITING);
    assertThat(dkim(waiting).verdict()).isEqualTo(PROBLEM);
    publish(waiting);
    assertThat(dkim(waiting).verdict()).isEqualTo(ADVICE);
    assertThat(dkim(waiting).sentence()).contains("Switch them on");

    SigningKey active = key(SigningKey.State.ACTIVE);
    assertThat(dkim(waiting, active).verdict()).isEqualTo(PROBLEM);
    publish(active);
    assertThat(dkim(key(SigningKey.State.WAITING), active, waiting).verdict()).isEqualTo(OK);

    SigningKey retired = key(SigningKey.State.RETIRED);
    publish(retired);
    assertThat(dkim(retired).sentence()).contains("Nothing signs for acme.example", "Make keys");
    assertThat(of(records.check(D, OWN), DKIM)).isEqualTo(dkim(retired));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DMARC1; p=reject | OK | “reject”
          v=DMARC1; p=none; xyz=1; np=reject | OK | “none”
          v=DMARC1; rua=mailto:a@acme.example | ADVICE | means none
          v=DMARC1;rua=mailto:a@acme.example;p=quarantine | OK | “quarantine”
          v=DMARC1; p=reject; pct=50 | ADVICE | “pct”
          v=DMARC1; p=reject; rf=afrf; ri=1 | ADVICE | “ri”
          v=DMARC1; p=reject; t=y | ADVICE | test
          v=DMARC1; p=strict | PROBLEM | no policy
          v=DMARC1; p=reject; sp=no | PROBLEM | “sp=no”
          v=DMARC1; nonsense | PROBLEM | no list
          """)
  void judgesDmarcRecords(String record, RecordCheck.Verdict verdict, String words) {
    dns.txt("_dmarc.acme.example", record);
    RecordCheck dmarc = of(records.check(D, OWN), DMARC);
    assertThat(dmarc.verdict()).isEqualTo(verdict);
    assertThat(dmarc.sentence()).contains(words);
  }

  @Test
  void walksUpTheTreeForDmarc() {
    dns.txt("_dmarc.acme.example", "v=DMARC1; p=reject; sp=quarantine");
    RecordCheck below = of(records.check("mail.eu.acme.example", OWN), DMARC);
    assertThat(below.verdict()).isEqualTo(OK);
    assertThat(below.sentence()).contains("“quarantine”", "_dmarc.acme.example");
    String deep = "a.b.c.d.e.f.g.h.i.j.acme.example";
    assertThat(of(records.check(deep, OWN), DMARC).verdict()).isEqualTo(OK);
    assertThat(dns.asked()).doesNotContain("TXT _dmarc.b.c.d.e.f.g.h.i.j.acme.example");
    assertThat(dns.asked()).contains("TXT _dmarc.f.g.h.i.j.acme.example");
  }

  @Test
  void aPublicSuffixIsNotTheOrganization() {
    var asked = new Dns(List.of(dns.address()), Duration.ofMillis(400));
    dns.txt("_dmarc.example", "v=DMARC1; p=none; psd=y; sp=reject");
    DmarcWalk walk = DmarcWalk.of(asked, "mail.acme.example");
    assertThat(walk.organization()).isEqualTo("acme.example");
    assertThat(walk.at()).isEqualTo("example");
    dns.txt("_dmarc.acme.example", "v=DMARC1; p=quarantine; psd=n");
    walk = DmarcWalk.of(asked, "mail.acme.example");
    assertThat(walk.organization()).isEqualTo("acme.example");
    assertThat(walk.at()).isEqualTo("acme.example");
  }

  @Test
  void severalDmarcRecordsAreNone() {
    dns.txt("_dmarc.acme.example", "v=DMARC1; p=none")
        .txt("_dmarc.acme.example", "v=DMARC1; p=reject");
    assertThat(of(records.check(D, OWN), DMARC).sentence()).contains("several");
  }

  @Test
  void aProvidersAddressMustLeaveThroughTheProvider() {
    List<RecordCheck> wrong = records.check("gmail.com", OWN);
    assertThat(wrong).singleElement().extracting(RecordCheck::rule).isEqualTo(FROM_DOMAIN);
    assertThat(wrong.getFirst().verdict()).isEqualTo(PROBLEM);
    assertThat(records.check("gmail.com", new SendingRoute.Google()).getFirst().verdict())
        .isEqualTo(OK);
    assertThat(records.check("outlook.de", MICROSOFT).getFirst().verdict()).isEqualTo(OK);
  }

  @Test
  void repliesMustArrive() {
    assertThat(of(records.check("nowhere.example", OWN), REPLIES).verdict()).isEqualTo(PROBLEM);
    dns.mx("null.example", 0, ".");
    assertThat(of(records.check("null.example", OWN), REPLIES).sentence()).contains("null MX");
    dns.a("bare.example", "192.0.2.1");
    assertThat(of(records.check("bare.example", OWN), REPLIES).verdict()).isEqualTo(ADVICE);
    dns.mx("lost.example", 5, "mx.lost.example");
    assertThat(of(records.check("lost.example", OWN), REPLIES).sentence()).contains("no address");
  }

  @Test
  void whatCannotBeAskedIsNotKnown() {
    dns.fail(D).fail("_dmarc.acme.example").fail("google._domainkey.acme.example");
    List<RecordCheck> all = records.check(D, new SendingRoute.Google());
    assertThat(all).isNotEmpty().allMatch(check -> check.verdict() == UNKNOWN);
    assertThat(all.getFirst().sentence()).contains("SERVFAIL");
  }

  @Test
  void fromTheLocalMailboxNothingIsNeeded() {
    assertThat(records.check(D, new SendingRoute.Nowhere()))
        .singleElement()
        .extracting(RecordCheck::verdict)
        .isEqualTo(OK);
    assertThat(dns.asked()).isEmpty();
  }

  private static RecordCheck of(List<RecordCheck> all, RecordCheck.Rule rule) {
    return all.stream().filter(check -> check.rule() == rule).findFirst().orElseThrow();
  }

  private static SendingRoute server(List<SigningKey> keys) {
    return new SendingRoute.Server("smtp.acme.example", keys, true);
  }

  private RecordCheck dkim(SigningKey... keys) {
    return of(records.check(D, server(List.of(keys))), DKIM);
  }

  private void publish(SigningKey key) {
    for (SigningKey.Entry entry : key.entries()) dns.txt(key.name(entry), entry.record().text());
  }

  private static String text(SigningKey key, int entry) {
    return key.entries().get(entry).record().text();
  }

  private SigningKey key(SigningKey.State state) {
    String end = String.valueOf(++made);
    var entries =
        List.of(
            new SigningKey.Entry("r" + end, DkimKey.make(RSA).published(), Published.UNKNOWN),
            new SigningKey.Entry("e" + end, DkimKey.make(ED25519).published(), Published.UNKNOWN));
    return new SigningKey("co_1", "dkim_" + end, D, state, entries, Instant.EPOCH, null, null);
  }

  private static String rsa(int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
  }
}
