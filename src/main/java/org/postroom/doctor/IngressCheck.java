package org.postroom.doctor;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.postroom.ingress.IngressCertificate;

/** The doors for programs that speak SMTP: certificate and ports. */
final class IngressCheck {
  private static final Duration SOON = Duration.ofDays(14);

  private IngressCheck() {}

  static List<Found> look(Patient patient) {
    Settings settings = patient.settings();
    List<Found> found = new ArrayList<>();
    boolean listens =
        settings.get(Name.POSTROOM_SMTP_INGRESS_PORT).isPresent()
            || settings.get(Name.POSTROOM_SMTP_INGRESS_TLS_PORT).isPresent();
    certificate(settings, patient.now(), found);
    for (Name name : List.of(Name.POSTROOM_SMTP_INGRESS_PORT, Name.POSTROOM_SMTP_INGRESS_TLS_PORT))
      if (!patient.running()) port(settings, name, found);
    if (found.isEmpty())
      found.add(
          Found.ok(
              "ingress",
              listens
                  ? "Programs that speak SMTP find ports and a certificate."
                  : "Programs that speak SMTP are not let in: no port is set."));
    return found;
  }

  private static void certificate(Settings settings, Instant now, List<Found> found) {
    Optional<X509Certificate> given;
    try {
      given = IngressCertificate.given(settings);
    } catch (IllegalStateException bad) {
      found.add(
          Found.problem(
              "ingress.certificate",
              String.valueOf(bad.getMessage()),
              "POSTROOM_SMTP_INGRESS_CERTIFICATE names the certificate with its chain, …_KEY its private key in PKCS #8."));
      return;
    }
    if (given.isEmpty()) return;
    Instant end = given.get().getNotAfter().toInstant();
    if (end.isBefore(now))
      found.add(
          Found.problem(
              "ingress.certificate_ended",
              "The certificate for programs that speak SMTP ended at " + end + ".",
              "Renew it and start Postroom again."));
    else if (end.isBefore(now.plus(SOON)))
      found.add(
          Found.warning(
              "ingress.certificate_ends",
              "The certificate for programs that speak SMTP ends at " + end + ".",
              "Renew it and start Postroom again."));
  }

  private static void port(Settings settings, Name name, List<Found> found) {
    Optional<String> port = settings.get(name);
    if (port.isEmpty() || PortCheck.isFree(Integer.parseInt(port.get()), null)) return;
    found.add(
        Found.problem(
            "ingress.port",
            "Port "
                + port.get()
                + " ("
                + name
                + ") is taken, or below 1024 and not allowed to the user "
                + System.getProperty("user.name")
                + ".",
            "Stop what holds it, name another, or allow it: AmbientCapabilities=CAP_NET_BIND_SERVICE in the unit."));
  }
}
