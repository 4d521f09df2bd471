package org.postroom.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What providers allow, from {@code limits.json}: the first entry that fits counts.
 *
 * @param name as it ends "usual for …"
 * @param notes why, by the API's name of the limit
 */
public record UsualLimits(String name, Account.Limits limits, Map<String, String> notes) {
  private static final List<Entry> ENTRIES = read();

  public UsualLimits {
    notes = Map.copyOf(notes);
  }

  /** One entry of the file; what is absent fits everything, or means no limit. */
  private record Entry(
      String name,
      String kind,
      @Nullable String route,
      @Nullable List<String> hosts,
      @Nullable List<String> domains,
      int connections,
      int perMinute,
      int perDay,
      int recipients,
      long messageBytes,
      boolean perDayOfRecipients,
      Map<String, String> notes) {

    boolean fits(Connection connection, String domain) {
      return kind.equals(connection.kind().word())
          && (route == null || route.equals(routeOf(connection)))
          && (hosts == null || hosts.contains(hostOf(connection)))
          && (domains == null || domains.contains(domain));
    }

    UsualLimits usual() {
      var limits =
          new Account.Limits(
              connections, perMinute, perDay, recipients, messageBytes, perDayOfRecipients);
      return new UsualLimits(name, limits, notes);
    }
  }

  public static UsualLimits of(Account account) {
    return of(account.connection(), account.email());
  }

  /** Usual for that provider and mailbox. */
  public static UsualLimits of(Connection connection, Address email) {
    String spec = email.spec();
    String domain = spec.substring(spec.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    return ENTRIES.stream()
        .filter(entry -> entry.fits(connection, domain))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("limits.json forgets " + connection.kind()))
        .usual();
  }

  /** What holds for the kind where nothing more is known: the last entry that fits. */
  static Account.Limits of(Account.Kind kind) {
    return ENTRIES.reversed().stream()
        .filter(entry -> entry.kind().equals(kind.word()))
        .findFirst()
        .orElseThrow()
        .usual()
        .limits();
  }

  private static @Nullable String routeOf(Connection connection) {
    return switch (connection) {
      case Connection.Microsoft microsoft -> word(microsoft.route());
      case Connection.Google google -> word(google.route());
      default -> null;
    };
  }

  private static @Nullable String hostOf(Connection connection) {
    return connection instanceof Connection.Smtp smtp ? smtp.host() : null;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static List<Entry> read() {
    var json =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    try (InputStream file = UsualLimits.class.getResourceAsStream("/limits.json")) {
      return List.of(json.readValue(Objects.requireNonNull(file), Entry[].class));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
