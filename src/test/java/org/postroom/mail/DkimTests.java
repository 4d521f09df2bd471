package org.postroom.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signatures against the examples of RFC 6376 and RFC 8463, and what ours promise. */
class DkimTests {
  /** RFC 8463 A.3. */
  private static final String FOOTBALL =
      """
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game.  Are you hungry yet?

      Joe.
      """
          .replace("\n", "\r\n");

  private static final List<String> FOOTBALL_NAMES =
      List.of("from", "to", "subject", "date", "message-id", "from", "subject", "date");

  /** RFC 8463 A.2: the secret of 32 bytes, as PKCS #8 wraps it. */
  private static final String FOOTBALL_ED25519 =
      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

  private static final String FOOTBALL_RSA =
      "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi"
          + "0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kr"
          + "yOTIKT+l/K4w3QIDAQAB";

  @Test
  void makesHeadersRelaxedAsTheStandardShows() {
    assertThat(Dkim.relaxed("A: X\r\n")).isEqualTo("a:X");
    assertThat(Dkim.relaxed("B : Y\t\r\n\tZ  \r\n")).isEqualTo("b:Y Z");
  }

  @Test
  void hashesBodiesRelaxedAsTheStandardShows() {
    assertThat(hash(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(plainHash(" C\r\nD E\r\n"));
    assertThat(hash("")).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assertThat(hash("\r\n \t\r\n")).isEqualTo(hash(""));
    assertThat(hash("no line end")).isEqualTo(plainHash("no line end\r\n"));
    assertThat(hash("a\r\n\r\n\r\nb\r\n")).isEqualTo(plainHash("a\r\n\r\n\r\nb\r\n"));
    assertThat(hash("x".repeat(5000) + " \r\n")).isEqualTo(plainHash("x".repeat(5000) + "\r\n"));
    assertThat(hash(body(FOOTBALL))).isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
  }

  @Test
  void signsWithEd25519ExactlyAsTheStandardShows() {
    String open =
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
            + " d=football.example.com; i=@football.example.com;\r\n"
            + " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
            + " subject : date : message-id : from : subject : date;\r\n"
            + " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
    DkimKey key =
        DkimKey.of(DkimKey.Algorithm.ED25519, "football.example.com", "brisbane", FOOTBALL_ED25519);
    assertThat(Base64.getEncoder().encodeToString(key.sign(footballBytes(open))))
        .isEqualTo(
            "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
  }

  @Test
  void takesTheBytesThatTheStandardsRsaSignatureWasMadeOf() throws Exception {
    String open =
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
            + " d=football.example.com; i=@football.example.com;\r\n"
            + " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
            + " date : message-id : from : subject : date;\r\n"
            + " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
    Signature check = Signature.getInstance("SHA256withRSA");
    var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(FOOTBALL_RSA));
    check.initVerify(KeyFactory.getInstance("RSA").generatePublic(encoded));
    check.update(footballBytes(open));
    assertThat(
            check.verify(
                Base64.getDecoder()
                    .decode(
                        "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9m"
                            + "PYQTnGdaSGsgeefOsk2JzdA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=")))
        .isTrue();
  }

  @Test
  void putsOneSignatureForEachKeyOnTopAndLeavesTheRestAsItWas() {
    byte[] signed = Dkim.signed(bytes(FOOTBALL), keys());
    String text = new String(signed, UTF_8);
    assertThat(text).endsWith(FOOTBALL);
    assertThat(text.lines().filter(line -> line.startsWith("DKIM-Signature:"))).hasSize(2);
    assertThat(text)
        .contains("a=rsa-sha256; c=relaxed/relaxed", "a=ed25519-sha256; c=relaxed/relaxed")
        .contains("h=From:From:Subject:Subject:Date:Date:To:To:Message-ID;")
        .doesNotContain(" l=", " x=", " t=");
  }

  @Test
  void foldsItsHeaderAt78() {
    String long63 = "a".repeat(60) + ".example";
    List<DkimKey> keys =
        List.of(DkimKey.of(DkimKey.Algorithm.ED25519, long63, "s", FOOTBALL_ED25519));
    byte[] every =
        bytes(
            "Cc: a@b.example\r\nReply-To: a@b.example\r\nIn-Reply-To: <a@b>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain\r\n"
                + FOOTBALL);
    for (List<DkimKey> each : List.of(keys(), keys))
      assertThat(new String(Dkim.signed(every, each), UTF_8).lines())
          .allMatch(line -> line.length() <= 78, "at most 78 characters");
  }

  @Test
  void takesOldSignaturesAwayBeforeItSignsAnew() {
    byte[] once = Dkim.signed(bytes(FOOTBALL), keys());
    assertThat(Dkim.signed(once, keys())).isEqualTo(once);
    assertThat(Dkim.signed(once, List.of())).isEqualTo(bytes(FOOTBALL));
  }

  @Test
  void aMessageForOthersLosesItsSignatures() {
    byte[] signed = Dkim.signed(bytes(FOOTBALL), keys());
    byte[] other =
        Readdressed.of(
            signed,
            "<x@football.example.com>",
            Instant.EPOCH,
            ZoneOffset.UTC,
            List.of(Address.of("a@b.example")),
            List.of());
    assertThat(new String(other, UTF_8)).doesNotContain("DKIM-Signature").contains("Hi.\r\n");
  }

  @Test
  void knowsItsPublishedRecordInEveryFormThatMeansTheSame() {
    DkimRecord rsa = DkimKey.make(DkimKey.Algorithm.RSA).published();
    DkimRecord ed = DkimKey.make(DkimKey.Algorithm.ED25519).published();
    assertThat(rsa.text()).startsWith("v=DKIM1; k=rsa; p=MIIBIjAN");
    assertThat(ed.text()).matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
    assertThat(
            Stream.of(
                rsa.text(), "p=" + rsa.key(), "k=rsa;s=email; h=sha1:sha256 ;p=" + rsa.key() + ";"))
        .allMatch(rsa::isPublishedAs);
    String spread = rsa.key().substring(0, 40) + " \t" + rsa.key().substring(40);
    assertThat(rsa.isPublishedAs("v=DKIM1; p = " + spread + "; t=s; n=note")).isTrue();
    assertThat(
            Stream.of(
                "",
                "v=spf1 -all",
                "v=DKIM1; k=rsa; p=",
                "v=DKIM2; p=" + rsa.key(),
                "v=DKIM1; k=ed25519; p=" + rsa.key(),
                "v=DKIM1; h=sha1; p=" + rsa.key(),
                "v=DKIM1; s=tlsrpt; p=" + rsa.key(),
                "v=DKIM1; p=x; p=" + rsa.key(),
                rsa.text().substring(0, 255),
                ed.text()))
        .noneMatch(rsa::isPublishedAs);
    assertThat(ed.isPublishedAs("p=" + ed.key())).isFalse();
  }

  @Test
  void neverShowsItsSecret() {
    DkimKey.Made made = DkimKey.make(DkimKey.Algorithm.ED25519);
    DkimKey key = DkimKey.of(DkimKey.Algorithm.ED25519, "acme.example", "s", made.secret());
    assertThat(made.toString() + key).doesNotContain(made.secret()).contains("s._domainkey.acme");
    assertThatThrownBy(() -> DkimKey.of(DkimKey.Algorithm.RSA, "a.example", "s", made.secret()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause();
  }

  private static List<DkimKey> keys() {
    return Stream.of(DkimKey.Algorithm.values())
        .map(each ->
            DkimKey.of(each, "football.example.com", each.tag(), SECRETS.get(each.ordinal())))
        .toList();
  }

  private static final List<String> SECRETS =
      Stream.of(DkimKey.Algorithm.values()).map(each -> DkimKey.make(each).secret()).toList();

  private static byte[] footballBytes(String open) {
    String header = FOOTBALL.substring(0, FOOTBALL.indexOf("\r\n\r\n") + 2);
    return Dkim.signedBytes(HeaderBlock.fields(header), FOOTBALL_NAMES, open);
  }

  private static String body(String mail) {
    return mail.substring(mail.indexOf("\r\n\r\n") + 4);
  }

  private static String hash(String body) {
    return Base64.getEncoder().encodeToString(Dkim.bodyHash(bytes(body), 0));
  }

  private static String plainHash(String body) {
    return Base64.getEncoder().encodeToString(Dkim.sha256().digest(bytes(body)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
