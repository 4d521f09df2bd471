package org.postroom.doctor;

import java.util.ArrayList;
import java.util.List;
import org.postroom.db.Settings.Name;
import org.postroom.net.Dns;
import org.postroom.net.DnsAnswer;
import org.postroom.net.Trust;

/** Whom we ask for names, and whose certificates we believe. */
final class NetworkCheck {
  /** Always there (RFC 2606, RFC 6761). */
  private static final String ANY_DOMAIN = "example.com";

  private NetworkCheck() {}

  static List<Found> look(Patient patient) {
    List<Found> found = new ArrayList<>();
    try {
      Trust.of(patient.settings());
    } catch (IllegalStateException bad) {
      found.add(
          Found.problem(
              "trust.file",
              String.valueOf(bad.getMessage()),
              "It must hold certificates between BEGIN CERTIFICATE and END CERTIFICATE."));
    }
    if (patient.settings().get(Name.POSTROOM_DNS_SERVER).isPresent()
        && new Dns(patient.settings()).mx(ANY_DOMAIN)
            instanceof DnsAnswer.Unanswered<?>(String why))
      found.add(
          Found.problem(
              "dns.silent",
              "The DNS server of POSTROOM_DNS_SERVER gives no answer: " + why,
              "Correct it, or take it out to ask the system's."));
    if (found.isEmpty()) found.add(Found.ok("network", "Names and certificates can be looked up."));
    return found;
  }
}
