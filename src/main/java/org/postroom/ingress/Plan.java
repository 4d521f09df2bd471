package org.postroom.ingress;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;

/**
 * Where and how the server listens, from the settings.
 *
 * @param port with STARTTLS, absent: not at all
 * @param tlsPort with TLS from the start, absent: not at all
 * @param bind null for all addresses of the machine
 */
record Plan(
    OptionalInt port,
    OptionalInt tlsPort,
    @Nullable InetAddress bind,
    String name,
    boolean localAuth,
    @Nullable String openKey) {

  static Plan of(Settings settings) {
    return new Plan(
        port(settings, Name.POSTROOM_SMTP_INGRESS_PORT),
        port(settings, Name.POSTROOM_SMTP_INGRESS_TLS_PORT),
        settings.get(Name.POSTROOM_SMTP_INGRESS_BIND).map(Plan::address).orElse(null),
        name(settings),
        settings.get(Name.POSTROOM_SMTP_INGRESS_LOCAL_AUTH).filter("yes"::equals).isPresent(),
        settings.get(Name.POSTROOM_SMTP_INGRESS_OPEN_KEY).orElse(null));
  }

  boolean listens() {
    return port.isPresent() || tlsPort.isPresent();
  }

  private static OptionalInt port(Settings settings, Name name) {
    Optional<String> value = settings.get(name);
    if (value.isEmpty()) return OptionalInt.empty();
    if (!value.get().matches("\\d{1,5}") || Integer.parseInt(value.get()) > 65_535)
      throw new IllegalStateException(name + " must be a port between 0 and 65535.");
    return OptionalInt.of(Integer.parseInt(value.get()));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException notHere) {
      throw new IllegalStateException(
          Name.POSTROOM_SMTP_INGRESS_BIND + " must be an address of this machine.", notHere);
    }
  }

  private static String name(Settings settings) {
    String name =
        settings
            .get(Name.POSTROOM_SMTP_INGRESS_NAME)
            .or(() -> settings.get(Name.POSTROOM_PUBLIC_URL).flatMap(Plan::host))
            .orElse("localhost");
    if (!name.matches("[A-Za-z0-9.-]{1,253}"))
      throw new IllegalStateException(
          Name.POSTROOM_SMTP_INGRESS_NAME + " must be a host name of letters, digits and dots.");
    return name;
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost()).filter(h -> !h.startsWith("["));
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }
}
