package org.postroom.transport.ews;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Our two messages of an NTLMv2 sign-in (MS-NLMP 2.2.1.1 and 2.2.1.3), with channel binding and
 * integrity code. NTLMv1 is not spoken: a server that wants it is refused by us.
 */
final class Ntlm {
  static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final int UNICODE = 0x00000001;
  private static final int REQUEST_TARGET = 0x00000004;
  private static final int SIGN = 0x00000010;
  private static final int NTLM = 0x00000200;
  private static final int ALWAYS_SIGN = 0x00008000;
  private static final int SESSION_SECURITY = 0x00080000;
  private static final int TARGET_INFO = 0x00800000;
  private static final int VERSION = 0x02000000;
  private static final int BITS_128 = 0x20000000;
  private static final int KEY_EXCHANGE = 0x40000000;
  private static final int BITS_56 = 0x80000000;
  private static final int OURS =
      UNICODE
          | REQUEST_TARGET
          | SIGN
          | NTLM
          | ALWAYS_SIGN
          | SESSION_SECURITY
          | TARGET_INFO
          | VERSION
          | BITS_128
          | KEY_EXCHANGE
          | BITS_56;

  private static final int FLAGS_PAIR = 6;
  private static final int TARGET_NAME_PAIR = 9;
  private static final int BINDING_PAIR = 10;
  private static final byte[] MIC_PRESENT = {2, 0, 0, 0};
  private static final int HEAD = 88;
  private static final int MIC_AT = 72;

  /** Windows 10, NTLM revision 15: some servers look at the revision. */
  private static final byte[] OUR_VERSION = {10, 0, 0x61, 0x4a, 0, 0, 0, 15};

  private static final String WORKSTATION = "POSTROOM";
  private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

  private final Credentials credentials;
  private final String host;
  private final byte @Nullable [] binding;
  private final Function<Integer, byte[]> random;

  /**
   * @param binding of the TLS connection; null over plain HTTP
   * @param random gives that many bytes
   */
  Ntlm(
      Credentials credentials,
      String host,
      byte @Nullable [] binding,
      Function<Integer, byte[]> random) {
    this.credentials = credentials;
    this.host = host;
    this.binding = binding;
    this.random = random;
  }

  byte[] negotiate() {
    return message(1, 40).putInt(12, OURS).put(32, OUR_VERSION).array();
  }

  /** Proves that we know the password. Throws {@link IllegalArgumentException} if it cannot. */
  byte[] authenticate(NtlmChallenge challenge) {
    if (!challenge.has(UNICODE) || !challenge.has(SESSION_SECURITY))
      throw new IllegalArgumentException("it wants an NTLM older than version 2");
    byte[] key = NtlmProof.key(credentials);
    byte[] nonce = random.apply(8);
    boolean timed = challenge.target().containsKey(NtlmChallenge.TIMESTAMP);
    byte[] proven = proven(challenge, nonce);
    byte[] proof = NtlmProof.hmac(key, challenge.nonce(), proven);
    byte[] session = NtlmProof.hmac(key, proof);
    byte[] exported = session;
    byte[] exchanged = {};
    if (challenge.has(KEY_EXCHANGE) && challenge.has(SIGN)) {
      exported = random.apply(16);
      exchanged = NtlmProof.rc4(session, exported);
    }
    // With a timestamp in the challenge the older answer must be zeros (MS-NLMP 3.1.5.1.2).
    byte[] lm = timed ? new byte[24] : join(NtlmProof.hmac(key, challenge.nonce(), nonce), nonce);
    byte[] message = written(challenge.flags() & OURS, lm, join(proof, proven), exchanged);
    if (timed) {
      byte[] mic = NtlmProof.hmac(exported, negotiate(), challenge.message(), message);
      System.arraycopy(mic, 0, message, MIC_AT, mic.length);
    }
    return message;
  }

  /** What the proof covers: versions, time, our random, and what is said about the target. */
  private byte[] proven(NtlmChallenge challenge, byte[] nonce) {
    byte[] time = challenge.target().getOrDefault(NtlmChallenge.TIMESTAMP, now());
    byte[] pairs = pairs(challenge);
    ByteBuffer out = ByteBuffer.allocate(32 + pairs.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {1, 1, 0, 0, 0, 0, 0, 0});
    out.put(Arrays.copyOf(time, 8)).put(nonce).putInt(0).put(pairs).putInt(0);
    return out.array();
  }

  private byte[] pairs(NtlmChallenge challenge) {
    Map<Integer, byte[]> pairs = new LinkedHashMap<>(challenge.target());
    if (pairs.containsKey(NtlmChallenge.TIMESTAMP)) pairs.put(FLAGS_PAIR, MIC_PRESENT);
    if (binding != null) pairs.put(BINDING_PAIR, binding);
    pairs.put(TARGET_NAME_PAIR, NtlmProof.unicode("HTTP/" + host));
    var out = new ByteArrayOutputStream();
    pairs.forEach((id, value) -> out.writeBytes(pair(id, value)));
    out.writeBytes(new byte[4]);
    return out.toByteArray();
  }

  private byte[] written(int flags, byte[] lm, byte[] nt, byte[] exchanged) {
    byte[][] fields = {
      lm,
      nt,
      NtlmProof.unicode(credentials.domain()),
      NtlmProof.unicode(credentials.user()),
      NtlmProof.unicode(WORKSTATION),
      exchanged
    };
    int length = HEAD + Arrays.stream(fields).mapToInt(field -> field.length).sum();
    ByteBuffer out = message(3, length);
    int at = HEAD;
    // The head lists LM, NT, domain, user, workstation and key, each with length and place.
    for (int i = 0; i < fields.length; i++) {
      short size = (short) fields[i].length;
      out.putShort(12 + 8 * i, size).putShort(14 + 8 * i, size).putInt(16 + 8 * i, at);
      out.put(at, fields[i]);
      at += fields[i].length;
    }
    return out.putInt(60, flags).put(64, OUR_VERSION).array();
  }

  private static ByteBuffer message(int type, int length) {
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    return out.put(0, SIGNATURE).putInt(8, type);
  }

  private static byte[] pair(int id, byte[] value) {
    ByteBuffer out = ByteBuffer.allocate(4 + value.length).order(ByteOrder.LITTLE_ENDIAN);
    return out.putShort((short) id).putShort((short) value.length).put(value).array();
  }

  private static byte[] now() {
    Instant now = Instant.now();
    long ticks = (now.getEpochSecond() + SECONDS_1601_TO_1970) * 10_000_000 + now.getNano() / 100;
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(ticks).array();
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
