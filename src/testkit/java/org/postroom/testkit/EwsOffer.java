package org.postroom.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EwsServer} is like.
 *
 * @param tls null: plain HTTP
 * @param schemes offered for signing in, such as {@code NTLM}
 * @param versions understood, the newest first; empty: all
 * @param bound whether a sign-in must be bound to the TLS connection (Extended Protection)
 * @param forgetful whether a sign-in lasts for one request only
 * @param continues whether {@code Expect: 100-continue} is answered; otherwise with 417
 * @param mostBytes of a request, as a web server limits it
 * @param samba whether Samba's ntlm_auth decides about NTLM
 */
public record EwsOffer(
    @Nullable TestCertificates tls,
    List<String> schemes,
    List<String> versions,
    boolean bound,
    boolean forgetful,
    boolean continues,
    int mostBytes,
    boolean samba) {

  public static EwsOffer plain(String... schemes) {
    return new EwsOffer(null, List.of(schemes), List.of(), false, false, true, 50 << 20, false);
  }

  public EwsOffer tls(TestCertificates certificates) {
    return new EwsOffer(
        certificates, schemes, versions, bound, forgetful, continues, mostBytes, samba);
  }

  public EwsOffer versions(String... newestFirst) {
    return new EwsOffer(
        tls, schemes, List.of(newestFirst), bound, forgetful, continues, mostBytes, samba);
  }

  public EwsOffer extendedProtection() {
    return new EwsOffer(tls, schemes, versions, true, forgetful, continues, mostBytes, samba);
  }

  public EwsOffer forgetting() {
    return new EwsOffer(tls, schemes, versions, bound, true, continues, mostBytes, samba);
  }

  public EwsOffer withoutContinue() {
    return new EwsOffer(tls, schemes, versions, bound, forgetful, false, mostBytes, samba);
  }

  public EwsOffer atMost(int bytes) {
    return new EwsOffer(tls, schemes, versions, bound, forgetful, continues, bytes, samba);
  }

  public EwsOffer checkedBySamba() {
    return new EwsOffer(tls, schemes, versions, bound, forgetful, continues, mostBytes, true);
  }
}
