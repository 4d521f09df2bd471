package org.postroom.transport.ews;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The arithmetic of NTLMv2 (MS-NLMP 3.3.2). */
final class NtlmProof {
  private NtlmProof() {}

  /** NTOWFv2: what a user's password is worth on the wire. */
  static byte[] key(Credentials credentials) {
    byte[] password = md4(unicode(credentials.password()));
    return hmac(password, unicode(upper(credentials.user()) + credentials.domain()));
  }

  static byte[] md4(byte[] text) {
    var digest = new MD4Digest();
    digest.update(text, 0, text.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      for (byte[] part : parts) mac.update(part);
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Key exchange is RC4 in this protocol; it guards nothing of ours, TLS does. */
  static byte[] rc4(byte[] key, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("RC4");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "RC4"));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] unicode(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  /** As Windows does it, letter by letter: ß stays ß. */
  private static String upper(String text) {
    return text.chars()
        .map(Character::toUpperCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
