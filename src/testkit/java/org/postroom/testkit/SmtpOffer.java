package org.postroom.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedSmtpServer} offers when nothing goes wrong.
 *
 * @param tlsFromStart TLS before the greeting, instead of STARTTLS
 * @param certificates null: no TLS at all
 * @param mechanisms for AUTH; empty: no sign-in needed
 * @param passwords by user, also those of CRAM-MD5
 * @param tokens by user, for XOAUTH2
 * @param size the limit of SIZE; 0: none named
 */
public record SmtpOffer(
    boolean tlsFromStart,
    @Nullable TestCertificates certificates,
    List<String> mechanisms,
    Map<String, String> passwords,
    Map<String, String> tokens,
    long size,
    boolean pipelining,
    boolean smtpUtf8,
    boolean eightBitMime) {

  /** No TLS, no sign-in, every extension. */
  public static SmtpOffer plain() {
    return new SmtpOffer(false, null, List.of(), Map.of(), Map.of(), 0, true, true, true);
  }

  public SmtpOffer startTls(TestCertificates certificates) {
    return tls(false, certificates);
  }

  public SmtpOffer tlsFromStart(TestCertificates certificates) {
    return tls(true, certificates);
  }

  /** Sign-in by these mechanisms; the secret is password and token alike. */
  public SmtpOffer auth(String user, String secret, String... names) {
    return new SmtpOffer(
        tlsFromStart,
        certificates,
        List.of(names),
        Map.of(user, secret),
        Map.of(user, secret),
        size,
        pipelining,
        smtpUtf8,
        eightBitMime);
  }

  public SmtpOffer size(long limit) {
    return with(limit, pipelining, smtpUtf8, eightBitMime);
  }

  public SmtpOffer pipelining(boolean offered) {
    return with(size, offered, smtpUtf8, eightBitMime);
  }

  public SmtpOffer smtpUtf8(boolean offered) {
    return with(size, pipelining, offered, eightBitMime);
  }

  public SmtpOffer eightBitMime(boolean offered) {
    return with(size, pipelining, smtpUtf8, offered);
  }

  private SmtpOffer tls(boolean fromStart, TestCertificates with) {
    return new SmtpOffer(
        fromStart, with, mechanisms, passwords, tokens, size, pipelining, smtpUtf8, eightBitMime);
  }

  private SmtpOffer with(long limit, boolean pipelined, boolean utf8, boolean eightBit) {
    return new SmtpOffer(
        tlsFromStart,
        certificates,
        mechanisms,
        passwords,
        tokens,
        limit,
        pipelined,
        utf8,
        eightBit);
  }
}
