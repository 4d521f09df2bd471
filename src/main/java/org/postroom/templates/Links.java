package org.postroom.templates;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Addresses a reader may be led to. */
final class Links {
  private static final Set<String> WEB = Set.of("https", "http");
  private static final Set<String> ALL = Set.of("https", "http", "mailto", "tel");

  private Links() {}

  static boolean isWeb(String address) {
    return WEB.contains(scheme(address));
  }

  /** The address, empty where it is none to lead anybody to. */
  static String safe(String address) {
    return ALL.contains(scheme(address.strip())) ? address.strip() : "";
  }

  private static String scheme(String address) {
    try {
      String scheme = new URI(address).getScheme();
      return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException noAddress) {
      return "";
    }
  }
}
