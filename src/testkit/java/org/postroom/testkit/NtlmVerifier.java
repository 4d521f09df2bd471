package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one NTLMv2 sign-in, as strict as Windows can be set: proof, integrity code,
 * and (where asked for) the binding to the TLS connection. Written from MS-NLMP apart from the
 * product's own side; python3-exchangelib as a client shows that others pass it, too.
 */
public final class NtlmVerifier implements NtlmPeer {
  private static final int UNICODE = 1;
  private static final int OEM = 2;
  private static final int FLAGS = 0xe2898234;
  private final byte[] nonce = new byte[8];
  private final String domain;
  private final Map<String, String> passwords;
  private final byte @Nullable [] endPoint;
  private byte[] negotiate = {};
  private byte[] challenge = {};

  /**
   * @param passwords by user, in lower case, with and without an @
   * @param endPoint the hash of the certificate that a sign-in must name; null: none is asked for
   */
  public NtlmVerifier(String domain, Map<String, String> passwords, byte @Nullable [] endPoint) {
    this.domain = domain;
    this.passwords = passwords;
    this.endPoint = endPoint;
    new SecureRandom().nextBytes(nonce);
  }

  @Override
  public byte[] challenge(byte[] message) {
    this.negotiate = message;
    int wanted = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    boolean unicode = (wanted & UNICODE) != 0;
    byte[] name = domain.getBytes(UTF_16LE);
    byte[] title = unicode ? name : domain.getBytes(US_ASCII);
    var target = new ByteArrayOutputStream();
    target.writeBytes(pair(2, name));
    target.writeBytes(pair(1, "EXCH01".getBytes(UTF_16LE)));
    target.writeBytes(pair(4, "acme.example".getBytes(UTF_16LE)));
    target.writeBytes(pair(3, "exch01.acme.example".getBytes(UTF_16LE)));
    long ticks = (System.currentTimeMillis() + 11_644_473_600_000L) * 10_000;
    target.writeBytes(pair(7, little(8).putLong(ticks).array()));
    target.writeBytes(new byte[4]);
    ByteBuffer out = little(56 + title.length + target.size());
    out.put("NTLMSSP\0".getBytes(US_ASCII)).putInt(2);
    out.putShort((short) title.length).putShort((short) title.length).putInt(56);
    out.putInt(FLAGS & (wanted | 0x00810000) | (unicode ? UNICODE : OEM)).put(nonce).putLong(0);
    out.putShort((short) target.size()).putShort((short) target.size()).putInt(56 + title.length);
    out.put(new byte[] {10, 0, 0x7c, 0x4f, 0, 0, 0, 15}).put(title).put(target.toByteArray());
    challenge = out.array();
    return challenge;
  }

  @Override
  public @Nullable String user(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    byte[] answer = field(in, 20);
    Charset letters = (in.getInt(60) & UNICODE) != 0 ? UTF_16LE : US_ASCII;
    String theirDomain = new String(field(in, 28), letters);
    String user = new String(field(in, 36), letters);
    String password = passwords.get(user.toLowerCase(Locale.ROOT));
    boolean ours =
        user.contains("@") ? theirDomain.isEmpty() : theirDomain.equalsIgnoreCase(domain);
    if (password == null || !ours || answer.length < 44) return null;
    byte[] key =
        hmac(
            md4(password.getBytes(UTF_16LE)),
            (user.toUpperCase(Locale.ROOT) + theirDomain).getBytes(UTF_16LE));
    byte[] proof = Arrays.copyOf(answer, 16);
    byte[] proven = Arrays.copyOfRange(answer, 16, answer.length);
    if (!Arrays.equals(proof, hmac(key, nonce, proven))) return null;
    Map<Integer, byte[]> pairs = pairs(proven);
    if (!bound(pairs) || !whole(message, in, hmac(key, proof), pairs)) return null;
    return user.toLowerCase(Locale.ROOT);
  }

  /** MS-NLMP 3.2.5.1.2: the integrity code over all three messages. */
  private boolean whole(byte[] message, ByteBuffer in, byte[] session, Map<Integer, byte[]> pairs) {
    byte[] flags = pairs.getOrDefault(6, new byte[4]);
    if ((flags[0] & 2) == 0) return false;
    boolean exchanged = (in.getInt(60) & 0x40000000) != 0;
    byte[] key = exchanged ? rc4(session, field(in, 52)) : session;
    byte[] bare = message.clone();
    Arrays.fill(bare, 72, 88, (byte) 0);
    byte[] code = hmac(key, negotiate, challenge, bare);
    return Arrays.equals(code, Arrays.copyOfRange(message, 72, 88));
  }

  private boolean bound(Map<Integer, byte[]> pairs) {
    if (endPoint == null) return true;
    byte[] data = concat("tls-server-end-point:".getBytes(US_ASCII), endPoint);
    byte[] structure =
        concat(
            HexFormat.of().parseHex("00".repeat(16)), little(4).putInt(data.length).array(), data);
    try {
      byte[] wanted = MessageDigest.getInstance("MD5").digest(structure);
      return Arrays.equals(wanted, pairs.get(10));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<Integer, byte[]> pairs(byte[] proven) {
    ByteBuffer in = ByteBuffer.wrap(proven, 28, proven.length - 28).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, byte[]> pairs = new HashMap<>();
    while (in.remaining() >= 4) {
      int id = in.getShort();
      byte[] value = new byte[in.getShort()];
      if (id == 0) break;
      in.get(value);
      pairs.put(id, value);
    }
    return pairs;
  }

  private static byte[] field(ByteBuffer in, int at) {
    byte[] value = new byte[in.getShort(at)];
    in.get(in.getInt(at + 4), value);
    return value;
  }

  private static byte[] pair(int id, byte[] value) {
    return little(4 + value.length)
        .putShort((short) id)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) all.writeBytes(part);
    return all.toByteArray();
  }

  private static byte[] md4(byte[] text) {
    var digest = new MD4Digest();
    digest.update(text, 0, text.length);
    byte[] hash = new byte[16];
    digest.doFinal(hash, 0);
    return hash;
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      return mac.doFinal(concat(parts));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] rc4(byte[] key, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("RC4");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "RC4"));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
