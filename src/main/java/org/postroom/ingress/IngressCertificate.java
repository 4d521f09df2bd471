package org.postroom.ingress;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;

/** The operator's own certificate for programs that speak SMTP, looked at without a server. */
public final class IngressCertificate {
  private IngressCertificate() {}

  /** Empty where none is named; an {@link IllegalStateException} says why one cannot be used. */
  public static Optional<X509Certificate> given(Settings settings) {
    Optional<String> file = settings.get(Name.POSTROOM_SMTP_INGRESS_CERTIFICATE);
    if (file.isEmpty()) return Optional.empty();
    try {
      KeyStore store = Certificate.given(Path.of(file.get()), settings);
      return Optional.of((X509Certificate) store.getCertificate("ingress"));
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(
          "The certificate for programs that speak SMTP cannot be used: " + failure.getMessage(),
          failure);
    }
  }
}
