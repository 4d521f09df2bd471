package org.postroom.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Signs finished messages (DKIM, RFC 6376), with header and body in relaxed form, so that harmless
 * changes of white space on the way do not break the signature.
 *
 * @param domain A-labels; must fit the domain in From
 * @param key RSA or Ed25519 (RFC 8463)
 */
public record DkimSignature(String domain, String selector, PrivateKey key) {
  private static final List<String> SIGNED =
      List.of(
          "from",
          "to",
          "cc",
          "subject",
          "date",
          "message-id",
          "mime-version",
          "content-type",
          "reply-to");

  /** Named once more than they are there, so that nobody can add a second one on the way. */
  private static final Set<String> SEALED = Set.of("from", "to", "subject", "date");

  private static final int LINE = 76;

  /** The header field to put in front of the message, with its CRLF. Lines end in CRLF. */
  public String header(byte[] mime, Instant now) {
    int end = HeaderBlock.end(mime);
    List<String> fields = HeaderBlock.fields(new String(mime, 0, end, ISO_8859_1));
    List<String> names = names(fields);
    String unsigned =
        "DKIM-Signature: v=1; a="
            + algorithm()
            + "; c=relaxed/relaxed; d="
            + domain
            + ";\r\n\ts="
            + selector
            + "; t="
            + now.getEpochSecond()
            + ";\r\n\th="
            + folded(String.join(":", names), ":")
            + ";\r\n\tbh="
            + base64(bodyHash(mime, end + 2))
            + ";\r\n\tb=";
    var signed = new StringBuilder();
    for (String field : chosen(fields, names)) signed.append(relaxed(field)).append("\r\n");
    signed.append(relaxed(unsigned));
    return unsigned + wrapped(base64(sign(signed.toString().getBytes(ISO_8859_1)))) + "\r\n";
  }

  private String algorithm() {
    return isRsa() ? "rsa-sha256" : "ed25519-sha256";
  }

  private boolean isRsa() {
    return key.getAlgorithm().equals("RSA");
  }

  private static List<String> names(List<String> fields) {
    List<String> names = new ArrayList<>();
    for (String name : SIGNED) {
      long count = fields.stream().filter(field -> name(field).equals(name)).count();
      for (long i = 0; i < count + (SEALED.contains(name) ? 1 : 0); i++) names.add(name);
    }
    return names;
  }

  /** Each mention of a name takes the next field of that name from below (RFC 6376 5.4.2). */
  private static List<String> chosen(List<String> fields, List<String> names) {
    List<String> left = new ArrayList<>(fields.reversed());
    List<String> chosen = new ArrayList<>();
    for (String name : names) {
      left.stream()
          .filter(field -> name(field).equals(name))
          .findFirst()
          .ifPresent(field -> {
            chosen.add(field);
            left.remove(field);
          });
    }
    return chosen;
  }

  private static String name(String field) {
    int colon = field.indexOf(':');
    return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  /** RFC 6376 3.4.2. */
  private static String relaxed(String field) {
    int colon = field.indexOf(':');
    String value = field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
    return name(field) + ":" + trimmed(value);
  }

  private static String trimmed(String value) {
    int start = value.startsWith(" ") ? 1 : 0;
    int end = value.endsWith(" ") && value.length() > start ? value.length() - 1 : value.length();
    return value.substring(start, end);
  }

  /** RFC 6376 3.4.4, in one walk over the bytes: bodies may be large. */
  private static byte[] bodyHash(byte[] mime, int start) {
    MessageDigest hash = sha256();
    int lines = 0;
    boolean space = false;
    boolean any = false;
    for (int i = start; i < mime.length; i++) {
      byte b = mime[i];
      if (b == '\r' && i + 1 < mime.length && mime[i + 1] == '\n') {
        lines++;
        space = false;
        i++;
      } else if (b == ' ' || b == '\t') {
        space = true;
      } else {
        for (; lines > 0; lines--) lineEnd(hash);
        if (space) hash.update((byte) ' ');
        hash.update(b);
        space = false;
        any = true;
      }
    }
    if (any) lineEnd(hash);
    return hash.digest();
  }

  private static void lineEnd(MessageDigest hash) {
    hash.update((byte) '\r');
    hash.update((byte) '\n');
  }

  /** Ed25519 signs the hash of the header, not the header (RFC 8463, section 3). */
  private byte[] sign(byte[] header) {
    try {
      var signature = Signature.getInstance(isRsa() ? "SHA256withRSA" : "Ed25519");
      signature.initSign(key);
      signature.update(isRsa() ? header : sha256().digest(header));
      return signature.sign();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("The DKIM key " + selector + " cannot sign.", failure);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String folded(String text, String after) {
    var out = new StringBuilder();
    int column = 4;
    for (String part : text.split("(?<=" + after + ")")) {
      if (column + part.length() > LINE) {
        out.append("\r\n\t ");
        column = 2;
      }
      out.append(part);
      column += part.length();
    }
    return out.toString();
  }

  private static String wrapped(String text) {
    return text.replaceAll("(.{70})(?=.)", "$1\r\n\t ");
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "DkimSignature[" + selector + "._domainkey." + domain + "]";
  }
}
