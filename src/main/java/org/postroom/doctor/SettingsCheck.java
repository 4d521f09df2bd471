package org.postroom.doctor;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postroom.db.Settings.Name;
import org.postroom.http.Nearest;

/** Names that are no settings, values that say nothing, files that cannot be read. */
final class SettingsCheck {
  private static final String PREFIX = "POSTROOM_";
  private static final Set<String> NO_SETTINGS = Set.of("POSTROOM_JAVA_OPTS");
  private static final Set<Name> PORTS =
      Set.of(
          Name.POSTROOM_HTTP_PORT,
          Name.POSTROOM_SMTP_INGRESS_PORT,
          Name.POSTROOM_SMTP_INGRESS_TLS_PORT);
  private static final Set<Name> SWITCHES =
      Set.of(Name.POSTROOM_PRIVATE_NETWORKS, Name.POSTROOM_SMTP_INGRESS_LOCAL_AUTH);
  private static final Set<String> LOG_FORMATS = Set.of("ecs", "logstash", "gelf");
  private static final Set<Name> SERVERS =
      Set.of(
          Name.POSTROOM_MICROSOFT_SMTP,
          Name.POSTROOM_GOOGLE_SMTP,
          Name.POSTROOM_MICROSOFT_IMAP,
          Name.POSTROOM_GOOGLE_IMAP);

  private SettingsCheck() {}

  static List<Found> look(Patient patient) {
    List<Found> found = new ArrayList<>();
    unknown(patient, found);
    for (Name name : Name.values()) {
      if (twice(patient, name))
        found.add(
            Found.warning(
                "settings.twice",
                name + " and " + name + "_FILE are both set; the file is not looked at.",
                "Keep one of the two."));
      if (unreadable(patient, name, found)) continue;
      patient.settings().get(name).ifPresent(value -> value(name, value, found));
    }
    half(patient, found);
    if (found.isEmpty())
      found.add(Found.ok("settings", "Every setting is known and can be understood."));
    return found;
  }

  private static void unknown(Patient patient, List<Found> found) {
    List<String> names = Arrays.stream(Name.values()).map(Name::name).toList();
    for (String given : new TreeSet<>(patient.environment().keySet())) {
      String name = given.endsWith("_FILE") ? given.substring(0, given.length() - 5) : given;
      if (!given.startsWith(PREFIX) || names.contains(name) || NO_SETTINGS.contains(name)) continue;
      found.add(
          Found.warning(
              "settings.unknown",
              given + " is no setting." + Nearest.hint(name, names),
              "“postroom help” lists those there are."));
    }
  }

  private static boolean twice(Patient patient, Name name) {
    return filled(patient, name.name()) && filled(patient, name.name() + "_FILE");
  }

  private static boolean filled(Patient patient, String name) {
    return !patient.environment().getOrDefault(name, "").isBlank();
  }

  private static boolean unreadable(Patient patient, Name name, List<Found> found) {
    if (filled(patient, name.name()) || !filled(patient, name.name() + "_FILE")) return false;
    Path file = Path.of(patient.environment().getOrDefault(name.name() + "_FILE", ""));
    if (Files.isRegularFile(file) && Files.isReadable(file)) return false;
    found.add(
        Found.problem(
            "settings.file",
            name
                + "_FILE names "
                + file
                + ", which "
                + (Files.exists(file)
                    ? "is not readable by the user " + System.getProperty("user.name")
                    : "is not there")
                + ".",
            "Mount or make the file, or correct the name."));
    return true;
  }

  private static void value(Name name, String value, List<Found> found) {
    if (PORTS.contains(name) && !isPort(value))
      wrong(found, name + " must be a port between 0 and 65535, not “" + value + "”.");
    else if (SWITCHES.contains(name) && !Set.of("yes", "no").contains(value))
      found.add(
          Found.warning(
              "settings.value",
              name + " counts only when it is yes; “" + value + "” is as good as no.",
              "Write yes, or take it out."));
    else if (SERVERS.contains(name) && !isServer(value))
      wrong(found, name + " must be a host and port such as smtp.example.com:587.");
    else if (name == Name.POSTROOM_LOG_FORMAT && !LOG_FORMATS.contains(value))
      wrong(found, name + " must be one of " + new TreeSet<>(LOG_FORMATS) + ".");
    else if (name.name().endsWith("_URL") && !isUrl(name, value))
      wrong(found, name + " is no address" + (name.secret() ? "." : ": “" + value + "”."));
  }

  private static void half(Patient patient, List<Found> found) {
    boolean email = patient.settings().get(Name.POSTROOM_ADMIN_EMAIL).isPresent();
    boolean password = patient.settings().get(Name.POSTROOM_ADMIN_PASSWORD).isPresent();
    if (email && !password)
      wrong(found, "POSTROOM_ADMIN_EMAIL is set without POSTROOM_ADMIN_PASSWORD.");
  }

  private static void wrong(List<Found> found, String what) {
    found.add(
        Found.problem("settings.value", what, "Correct it: docs/settings.md tells what it means."));
  }

  private static boolean isPort(String value) {
    return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535;
  }

  private static boolean isServer(String value) {
    int colon = value.lastIndexOf(':');
    return colon > 0 && isPort(value.substring(colon + 1));
  }

  private static boolean isUrl(Name name, String value) {
    if (name == Name.POSTROOM_ISPDB_URL && value.equals("none")) return true;
    if (name == Name.POSTROOM_DATABASE_URL)
      return value.matches("(jdbc:postgresql|postgresql|postgres)://.+");
    try {
      URI uri = URI.create(value.replace("{domain}", "d").replace("{email}", "e"));
      return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?");
    } catch (IllegalArgumentException noUrl) {
      return false;
    }
  }
}
