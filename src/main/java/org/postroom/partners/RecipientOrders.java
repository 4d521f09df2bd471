package org.postroom.partners;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recipient order of each purpose: the company's own, else the built-in one. */
@Service
public class RecipientOrders {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<Purpose, RecipientOrder> BUILT_IN = builtIn();

  private final Database database;
  private final Audit audit;

  RecipientOrders(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** An order, and whether it is the company's own. */
  public record Entry(RecipientOrder order, boolean changed) {}

  public RecipientOrder of(String company, Purpose purpose) {
    return entry(company, purpose).order();
  }

  public Entry entry(String company, Purpose purpose) {
    return database
        .read(sql -> RecipientOrderRows.find(sql, company, purpose))
        .map(content -> new Entry(order(purpose, content), true))
        .orElseGet(() -> new Entry(builtIn(purpose), false));
  }

  /** All purposes in their usual order. */
  public List<Entry> list(String company) {
    Map<String, String> own = database.read(sql -> RecipientOrderRows.all(sql, company));
    return Arrays.stream(Purpose.values())
        .map(purpose -> {
          String content = own.get(purpose.word());
          return content == null
              ? new Entry(builtIn(purpose), false)
              : new Entry(order(purpose, content), true);
        })
        .toList();
  }

  /** Replaces the order of one purpose. */
  public Entry put(Caller caller, RecipientOrder order) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    String content = JSON.writeValueAsString(RecipientOrderJson.write(order, true));
    database.run(sql -> {
      RecipientOrder before = of(company, order.purpose());
      RecipientOrderRows.put(sql, company, order.purpose(), content);
      record(caller, before, order);
    });
    return new Entry(order, true);
  }

  /** Goes back to the built-in order. */
  public Entry restore(Caller caller, Purpose purpose) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    database.run(sql -> {
      RecipientOrder before = of(company, purpose);
      RecipientOrderRows.delete(sql, company, purpose);
      record(caller, before, builtIn(purpose));
    });
    return new Entry(builtIn(purpose), false);
  }

  private void record(Caller caller, RecipientOrder before, RecipientOrder after) {
    if (before.equals(after)) return;
    audit.record(
        caller,
        "recipient_order.changed",
        after.purpose().word(),
        JSON.writeValueAsString(RecipientOrderJson.write(before, true)),
        JSON.writeValueAsString(RecipientOrderJson.write(after, true)));
  }

  private static RecipientOrder builtIn(Purpose purpose) {
    return Objects.requireNonNull(BUILT_IN.get(purpose));
  }

  private static RecipientOrder order(Purpose purpose, String content) {
    return RecipientOrderJson.read(purpose, JSON.readTree(content));
  }

  private static Map<Purpose, RecipientOrder> builtIn() {
    Map<Purpose, RecipientOrder> orders = new EnumMap<>(Purpose.class);
    try (InputStream file = RecipientOrders.class.getResourceAsStream("/recipient-orders.json")) {
      JsonNode byPurpose = JSON.readTree(Objects.requireNonNull(file));
      for (Purpose purpose : Purpose.values())
        orders.put(purpose, RecipientOrderJson.read(purpose, byPurpose.get(purpose.word())));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    return orders;
  }
}
