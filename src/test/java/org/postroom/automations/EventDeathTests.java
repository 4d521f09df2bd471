package org.postroom.automations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * A node dies between the steps of an event's life: the event makes its message exactly once. The
 * node's own worker stands still, so that each step is taken, or not taken, by hand.
 */
@ParameterizedClass
@EnumSource
class EventDeathTests {
  private static final Duration LEASE = Duration.ofMinutes(10);

  @Parameter TestDatabase kind;
  private RunningPostroom postroom;
  private Database database;
  private EventWork work;
  private HandleEvent handleEvent;

  @BeforeEach
  void start() {
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(kind));
    settings.put("POSTROOM_NODE", "one");
    postroom = RunningPostroom.start(settings);
    database = postroom.bean(Database.class);
    work = postroom.bean(EventWork.class);
    handleEvent = postroom.bean(HandleEvent.class);
    work.stop();
    prepare();
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void anEventThatWasKeptAndNotTakenIsHandledByTheNextLife() {
    String event = tell();
    assertThat(state(event)).isEqualTo("accepted");
    nextLifeMakesOneMessage(event);
  }

  @Test
  void anEventThatWasTakenAndNotComposedIsHandledByTheNextLifeWithoutWaiting() {
    String event = tell();
    assertThat(take("one")).hasSize(1);
    assertThat(take("two")).as("nobody else takes it meanwhile").isEmpty();
    nextLifeMakesOneMessage(event);
  }

  @Test
  void whatAnotherNodeHoldsIsLeftToIt() {
    String event = tell();
    take("two");
    int given = database.write(sql -> EventRows.giveBack(sql, new Node("one", false)));
    assertThat(given).isZero();
    assertThat(state(event)).isEqualTo("accepted");
  }

  @Test
  void anEventWhoseMessageWasComposedAndNotCommittedLeavesNothingAndIsHandledAgain() {
    String event = tell();
    BusinessEvent taken = take("one").getFirst();
    assertThatThrownBy(() ->
            database.run(sql -> {
              handleEvent.handle(taken);
              throw new IllegalStateException("died before the commit");
            }))
        .hasMessage("died before the commit");
    assertThat(state(event)).isEqualTo("accepted");
    assertThat(messages()).isZero();
    nextLifeMakesOneMessage(event);
  }

  @Test
  void anEventThatWasHandledIsNotHandledAgainByWhoeverHeldItBefore() {
    String event = tell();
    BusinessEvent taken = take("one").getFirst();
    nextLifeMakesOneMessage(event);
    assertThatThrownBy(() -> handleEvent.handle(taken))
        .isInstanceOf(HandleEvent.HandledElsewhere.class);
    assertThat(messages()).isEqualTo(1);
  }

  private void nextLifeMakesOneMessage(String event) {
    work.start();
    eventually(() -> state(event), "handled"::equals);
    assertThat(messages()).isEqualTo(1);
  }

  private List<BusinessEvent> take(String node) {
    return database.write(sql -> {
      Instant now = sql.now();
      return EventRows.take(sql, 8, new Node(node, false), now, now.plus(LEASE));
    });
  }

  private String state(String event) {
    return json(postroom.get("/api/v1/events/" + event)).get("state").stringValue();
  }

  private int messages() {
    JsonNode page = json(postroom.get("/api/v1/messages"));
    return page.get("data").size();
  }

  private String tell() {
    HttpResponse<String> told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "1", "source": "/erp/acme", "type": "invoice.issued", "data": {"kind": "invoice", "number": "INV-1"}}
                        """)));
    assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    return json(told).get("id").stringValue();
  }

  private void prepare() {
    made(
        postroom.put(
            "/api/v1/partners/contoso",
            """
            {"type": "customer", "name": "Contoso Bakery", "emails": {"main": ["ap@contoso.example"]}}
            """));
    made(
        postroom.put(
            "/api/v1/documents/invoice/INV-1",
            """
            {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR",
             "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
             "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00", "due": "32.70"}}
            """));
    made(
        postroom.send(
            postroom
                .request("/api/v1/automations/invoice_issued")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"enabled\": true}"))));
  }

  private static void made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }
}
