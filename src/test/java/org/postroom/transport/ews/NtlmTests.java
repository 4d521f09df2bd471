package org.postroom.transport.ews;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.NtlmPeer;
import org.postroom.testkit.NtlmVerifier;
import org.postroom.testkit.SambaNtlm;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Login;

/** NTLMv2 against the numbers of its specification, against Samba, and against our own server. */
class NtlmTests {
  private static final HexFormat HEX = HexFormat.of();
  private static final Credentials EXAMPLE = new Credentials("Domain", "User", "Password");
  private static final byte[] NONCE = HEX.parseHex("0123456789abcdef");
  private static final String PAIRS =
      "02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000";

  /** MS-NLMP 4.2.4, all of it. */
  @Test
  void theNumbersOfTheSpecification() {
    byte[] key = NtlmProof.key(EXAMPLE);
    assertThat(hex(key)).isEqualTo("0c868a403bfd7a93a3001ef22ef02e3f");
    byte[] proven =
        HEX.parseHex(
            "01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000" + PAIRS + "00000000");
    byte[] proof = NtlmProof.hmac(key, NONCE, proven);
    assertThat(hex(proof)).isEqualTo("68cd0ab851e51c96aabc927bebef6a1c");
    byte[] session = NtlmProof.hmac(key, proof);
    assertThat(hex(session)).isEqualTo("8de40ccadbc14a82f15cb0ad0de95ca3");
    assertThat(hex(NtlmProof.rc4(session, fixed(16))))
        .isEqualTo("c5dad2544fc9799094ce1ce90bc9d03e");
  }

  @Test
  void withoutATimestampTheOlderAnswerIsThatOfTheSpecification() {
    byte[] message = ntlm(EXAMPLE).authenticate(NtlmChallenge.of(challenge(0xe28a8233)));
    assertThat(hex(field(message, 12)))
        .isEqualTo("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
    assertThat(hex(field(message, 28))).isEqualTo(hex(NtlmProof.unicode("Domain")));
    assertThat(hex(field(message, 36))).isEqualTo(hex(NtlmProof.unicode("User")));
  }

  @Test
  void olderNtlmIsNotSpoken() {
    assertThatThrownBy(() -> ntlm(EXAMPLE).authenticate(NtlmChallenge.of(challenge(0xe2828233))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4e544c4d53535000",
        "4e544c4d5353500001000000",
        "4e544c4d535350000200000000000000380000003382",
        "4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef0000000000000000ffffffff44000000"
      })
  void aBrokenChallengeIsRefused(String message) {
    assertThatThrownBy(() -> NtlmChallenge.of(HEX.parseHex(message)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sambaAcceptsTheRightPasswordOnly() {
    assertThat(atSamba("ACME", "invoices", EwsMailboxes.PASSWORD, -1)).isEqualTo("invoices");
    assertThat(atSamba("ACME", "invoices", "wrong", -1)).isNull();
  }

  /** Both ends of the integrity code. */
  @ParameterizedTest
  @ValueSource(ints = {72, 87})
  void sambaNoticesAChangedMessage(int octet) {
    assertThat(atSamba("ACME", "invoices", EwsMailboxes.PASSWORD, octet)).isNull();
  }

  /** Extended Protection: only a sign-in that names the server's certificate is let in. */
  @Test
  void aSignInIsTiedToTheCertificateOfItsConnection() {
    X509Certificate certificate = EwsFixture.CERTIFICATES.authority();
    byte[] binding = ChannelBinding.of(certificate);
    assertThat(bound(certificate, binding)).isEqualTo("invoices");
    assertThat(bound(certificate, null)).isNull();
    byte[] other = ChannelBinding.of(TestCertificates.forLocalhost().authority());
    assertThat(bound(certificate, other)).isNull();
  }

  private static String bound(X509Certificate certificate, byte[] binding) {
    var credentials = new Credentials("ACME", "invoices", EwsMailboxes.PASSWORD);
    var ntlm = new Ntlm(credentials, "localhost", binding, NtlmTests::fixed);
    var passwords = Map.of("invoices", EwsMailboxes.PASSWORD);
    var server = new NtlmVerifier("ACME", passwords, sha256(certificate));
    byte[] challenge = server.challenge(ntlm.negotiate());
    return server.user(ntlm.authenticate(NtlmChallenge.of(challenge)));
  }

  private static byte[] sha256(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ACME, invoices, ACME, invoices",
    "ACME, invoices@acme.example, '', invoices@acme.example",
    ", ACME\\invoices, ACME, invoices",
    "OTHER, ACME\\invoices, ACME, invoices",
    "acme.example, ' invoices ', acme.example, invoices",
    ", invoices, '', invoices"
  })
  void usersAreUnderstoodAsPeopleWriteThem(
      String domain, String user, String domainSent, String userSent) {
    var login = new Login.Ews(java.net.URI.create("https://x"), domain, user, "p", null);
    assertThat(Credentials.of(login)).isEqualTo(new Credentials(domainSent, userSent, "p"));
  }

  @Test
  void namesAreRaisedLetterByLetter() {
    byte[] one = NtlmProof.key(new Credentials("D", "straße", "p"));
    assertThat(one).isEqualTo(NtlmProof.key(new Credentials("D", "STRAßE", "p")));
    assertThat(one).isNotEqualTo(NtlmProof.key(new Credentials("D", "STRASSE", "p")));
  }

  private static String atSamba(String domain, String user, String password, int broken) {
    var ntlm =
        new Ntlm(new Credentials(domain, user, password), "localhost", fixed(16), NtlmTests::fixed);
    try (NtlmPeer samba = new SambaNtlm("ACME", "invoices", EwsMailboxes.PASSWORD)) {
      byte[] challenge = samba.challenge(ntlm.negotiate());
      byte[] message = ntlm.authenticate(NtlmChallenge.of(challenge));
      if (broken >= 0) message[broken] ^= 1;
      return samba.user(message);
    }
  }

  private static Ntlm ntlm(Credentials credentials) {
    return new Ntlm(credentials, "server", null, NtlmTests::fixed);
  }

  /** The randoms of the specification: 16 octets of 55, 8 of aa. */
  private static byte[] fixed(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (length == 16 ? 0x55 : 0xaa));
    return bytes;
  }

  private static byte[] challenge(int flags) {
    byte[] pairs = HEX.parseHex(PAIRS);
    ByteBuffer out = ByteBuffer.allocate(56 + pairs.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("NTLMSSP\0".getBytes(US_ASCII)).putInt(2).putLong(0).putInt(flags).put(NONCE);
    out.putLong(0).putShort((short) pairs.length).putShort((short) pairs.length).putInt(56);
    return out.putLong(0).put(pairs).array();
  }

  private static byte[] field(byte[] message, int at) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    int from = in.getInt(at + 4);
    return Arrays.copyOfRange(message, from, from + in.getShort(at));
  }

  private static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
