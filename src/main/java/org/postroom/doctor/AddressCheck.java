package org.postroom.doctor;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postroom.db.Settings.Name;

/** The address that customers get in mails. */
final class AddressCheck {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private AddressCheck() {}

  static List<Found> look(Patient patient) {
    Optional<String> given = patient.settings().get(Name.POSTROOM_PUBLIC_URL);
    if (given.isEmpty())
      return List.of(
          Found.warning(
              "public_url.missing",
              "POSTROOM_PUBLIC_URL is not set: links in mails lead to localhost, which no customer can open.",
              "Set it to the address people use, such as https://post.acme.example."));
    URI url = URI.create(given.get());
    if (HERE.contains(url.getHost()))
      return List.of(
          Found.warning(
              "public_url.local",
              "POSTROOM_PUBLIC_URL is " + given.get() + ", which only this machine can open.",
              "Set it to the address customers use."));
    if (url.getScheme().equals("http"))
      return List.of(
          Found.warning(
              "public_url.plain",
              "POSTROOM_PUBLIC_URL begins with http: sessions and payment links are not private on the way.",
              "Put a proxy with a certificate before Postroom and write https."));
    return List.of(Found.ok("public_url", "Links in mails lead to " + given.get() + "."));
  }
}
