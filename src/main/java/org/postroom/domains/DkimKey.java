package org.postroom.domains;

import java.time.Instant;
import java.util.Locale;

/**
 * A key of ours that signs a domain's mail. The private half is never in here.
 *
 * @param domain A-labels, lower case; the signature's {@code d=}
 * @param active whether it signs
 */
public record DkimKey(
    String id,
    String domain,
    String selector,
    Algorithm algorithm,
    String publicKey,
    boolean active,
    Instant createdAt) {

  public enum Algorithm {
    /** RSA with 2048 bits: every receiver knows it. */
    RSA("rsa-sha256", "rsa"),
    /** RFC 8463: short, and not yet known everywhere. Sign with RSA as well. */
    ED25519("ed25519-sha256", "ed25519");

    private final String signature;
    private final String key;

    Algorithm(String signature, String key) {
      this.signature = signature;
      this.key = key;
    }

    /** The signature's {@code a=}. */
    String signature() {
      return signature;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The record to publish. */
  public RecordCheck.DnsRecord record() {
    return new RecordCheck.DnsRecord(
        selector + "._domainkey." + domain,
        "TXT",
        "v=DKIM1; k=" + algorithm.key + "; p=" + publicKey);
  }

  /** Whether a published text holds this key. */
  boolean isIn(String text) {
    return Tags.read(text)
        .map(tags -> tags.getOrDefault("p", "").replaceAll("\\s", "").equals(publicKey))
        .orElse(false);
  }
}
