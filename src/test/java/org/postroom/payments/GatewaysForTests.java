package org.postroom.payments;

import java.util.List;
import java.util.Map;
import org.postroom.access.AccessForTests;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.environment.Environment;
import org.postroom.notifications.Notifications;
import org.postroom.secrets.Secrets;

/** Stored gateways on a test's database, for the suites of the providers. */
public final class GatewaysForTests {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private GatewaysForTests() {}

  public static GatewayKeys keys(Database database) {
    var settings =
        new Settings(
            Map.of("POSTROOM_SECRET_KEY", KEY, "POSTROOM_PUBLIC_URL", PaymentsForTests.PUBLIC_URL));
    return new GatewayKeys(database, new Secrets(settings), settings);
  }

  public static Tellings tellings(Database database, PaymentLinks links) {
    return new Tellings(database, links);
  }

  public static GatewaySettings settings(Database database, Provider... providers) {
    return new GatewaySettings(
        database, keys(database), gateways(database, providers), new Audit(database));
  }

  public static Gateways gateways(Database database, Provider... providers) {
    return new Gateways(
        database,
        AccessForTests.on(database),
        keys(database),
        List.of(providers),
        new Notifications(database),
        new Environment(new Settings(Map.of()), database, new Audit(database)));
  }

  public static Gateway stripe(Database database, Caller caller, String key, String hookSecret) {
    var draft =
        new GatewayDraft(Way.Kind.STRIPE, "Card", true, List.of(), null, null, key, hookSecret);
    return settings(database).add(caller, draft);
  }

  public static List<GatewayEvent> events(Database database, Gateway gateway) {
    return database.read(sql -> GatewayEventRows.list(sql, gateway.company(), gateway.id(), 500));
  }
}
