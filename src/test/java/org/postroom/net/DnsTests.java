package org.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.db.Settings;
import org.postroom.testkit.DnsServer;

class DnsTests {
  private DnsServer server;
  private Dns dns;

  @BeforeEach
  void start() {
    server = DnsServer.start();
    dns = new Dns(List.of(server.address()), Duration.ofMillis(300));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void joinsTheStringsOfATextWithoutSpaces() {
    server.txt("acme.example", List.of("v=spf1 include:_spf.goo", "gle.com ~all"));
    server.txt("acme.example", "größe");
    assertThat(dns.txt("acme.example"))
        .isEqualTo(
            new DnsAnswer.Records<>(List.of("v=spf1 include:_spf.google.com ~all", "größe")));
  }

  @Test
  void tellsNoSuchNameFromNoSuchRecord() {
    server.a("www.acme.example", "192.0.2.1");
    assertThat(dns.txt("www.acme.example")).isEqualTo(new DnsAnswer.NoRecords<>());
    assertThat(dns.txt("acme.example")).isEqualTo(new DnsAnswer.NoRecords<>());
    assertThat(dns.txt("none.acme.example")).isEqualTo(new DnsAnswer.NoSuchName<>());
    assertThat(dns.txt("none.acme.example").empty()).isTrue();
    assertThat(dns.txt("a".repeat(64) + ".example")).isEqualTo(new DnsAnswer.NoSuchName<>());
    assertThat(dns.txt("")).isEqualTo(new DnsAnswer.NoSuchName<>());
  }

  @Test
  void sortsMailServersAndServicesByPreference() {
    server.mx("acme.example", 20, "mx2.acme.example").mx("acme.example", 10, "MX1.acme.example");
    server.srv("_submissions._tcp.acme.example", 0, 465, "smtp.acme.example");
    assertThat(dns.mx("acme.example").all())
        .containsExactly(new Dns.Mx(10, "mx1.acme.example"), new Dns.Mx(20, "mx2.acme.example"));
    assertThat(dns.srv("_submissions._tcp.acme.example").all())
        .containsExactly(new Dns.Srv(0, 0, 465, "smtp.acme.example"));
  }

  @Test
  void aDomainMaySayThatItTakesNoMail() {
    server.mx("acme.example", 0, ".");
    assertThat(dns.mx("acme.example").all()).containsExactly(new Dns.Mx(0, ""));
  }

  @Test
  void givesBothKindsOfAddressesAndTheirNames() throws Exception {
    server.a("mx.acme.example", "192.0.2.1").a("mx.acme.example", "2001:db8::1");
    server.ptr("192.0.2.1", "mx.acme.example");
    assertThat(dns.addresses("mx.acme.example").all())
        .containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
    assertThat(dns.ptr(InetAddress.ofLiteral("192.0.2.1")).all())
        .containsExactly("mx.acme.example");
    assertThat(dns.ptr(InetAddress.ofLiteral("192.0.2.2")).empty()).isTrue();
  }

  @Test
  void followsAliasesAndTellsThem() {
    server.cname("selector1._domainkey.acme.example", "key.provider.example");
    server.txt("key.provider.example", "v=DKIM1; p=");
    assertThat(dns.txt("selector1._domainkey.acme.example").all()).containsExactly("v=DKIM1; p=");
    assertThat(dns.cname("selector1._domainkey.acme.example").all())
        .containsExactly("key.provider.example");
    server.cname("dead.acme.example", "nowhere.example");
    assertThat(dns.txt("dead.acme.example")).isEqualTo(new DnsAnswer.NoSuchName<>());
  }

  @Test
  void aCircleOfAliasesEnds() {
    server.cname("a.example", "b.example").cname("b.example", "a.example");
    assertThat(dns.txt("a.example").known()).isFalse();
  }

  @Test
  void asksAgainOverTcpWhenTheAnswerWasCutShort() {
    String text = "v=DKIM1; p=" + "A".repeat(1400);
    server.cut("big.example").txt("big.example", text);
    assertThat(dns.txt("big.example").all()).containsExactly(text);
    assertThat(server.asked()).containsExactly("TXT big.example", "TXT big.example over TCP");
  }

  @Test
  void anAnswerTooBigForAPacketComesOverTcpToo() {
    for (int i = 0; i < 20; i++) server.txt("many.example", "text " + i + "x".repeat(200));
    assertThat(dns.txt("many.example").all()).hasSize(20);
  }

  @Test
  void aServerThatFailsOrIsSilentIsNoAnswer() {
    server.fail("bad.example").silent("silent.example");
    assertThat(dns.txt("bad.example"))
        .isEqualTo(
            new DnsAnswer.Unanswered<>(
                "The DNS server could not answer for bad.example (SERVFAIL)."));
    assertThat(dns.txt("silent.example"))
        .isEqualTo(new DnsAnswer.Unanswered<>("The DNS server did not answer for silent.example."));
    assertThat(server.asked().stream().filter("TXT silent.example"::equals)).hasSize(2);
  }

  @Test
  void theNextServerIsAskedWhenOneIsSilent() {
    try (var second = DnsServer.start()) {
      server.silent("acme.example");
      second.txt("acme.example", "found");
      var both = new Dns(List.of(server.address(), second.address()), Duration.ofMillis(200));
      assertThat(both.txt("acme.example").all()).containsExactly("found");
    }
  }

  @Test
  void asksForNamesOutsideAsciiByTheirALabels() {
    server.txt("xn--bckerei-5wa.example", "found");
    assertThat(dns.txt("bäckerei.example").all()).containsExactly("found");
  }

  @Test
  void theServerIsASetting() {
    server.txt("acme.example", "found");
    var set = new Dns(new Settings(Map.of("POSTROOM_DNS_SERVER", server.setting())));
    assertThat(set.txt("acme.example").all()).containsExactly("found");
    assertThatThrownBy(() -> new Dns(new Settings(Map.of("POSTROOM_DNS_SERVER", "ns:x"))))
        .hasMessageContaining("POSTROOM_DNS_SERVER must be an address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "3fff::1",
        "::10.0.0.1",
        "fec0::1"
      })
  void ownNetworksAreNotPublic(String address) {
    assertThat(PublicNetwork.contains(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.9.9.9",
        "172.32.0.1",
        "100.128.0.1",
        "2620:fe::fe",
        "2a00:1450:4001::1",
        "64:ff9b::909:909",
        "::ffff:9.9.9.9"
      })
  void theInternetIs(String address) {
    assertThat(PublicNetwork.contains(InetAddress.ofLiteral(address))).isTrue();
  }
}
