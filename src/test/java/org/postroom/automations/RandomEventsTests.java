package org.postroom.automations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.db.Database;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.TestDatabase;

/**
 * Random streams of events — told twice, replayed under other ids, before their documents, while
 * switches flip and people send by hand — against a model of a few lines.
 */
@ParameterizedClass
@EnumSource
class RandomEventsTests {
  private static final int STEPS = 220;

  @Parameter TestDatabase kind;
  private World world;
  private Automations automations;
  private HandleEvent handleEvent;
  private Database database;

  private final List<Told> told = new ArrayList<>();
  private final Map<String, String> idOf = new HashMap<>();
  private final Map<String, String> decided = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Set<String> byHand = new HashSet<>();
  private final Set<String> made = new HashSet<>();
  private final Set<Automation> on = new HashSet<>();

  @BeforeEach
  void start() {
    world = new World(kind);
    automations = world.postroom.bean(Automations.class);
    handleEvent = world.postroom.bean(HandleEvent.class);
    database = world.postroom.bean(Database.class);
    world.postroom.bean(EventWork.class).stop();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void neverTwoMailsForOneHappeningEachSkipForItsTrueReasonAndNoneLost() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) step(random, step);
    for (String source : List.copyOf(open)) handle(source);
    assertThat(open).isEmpty();
    assertThat(automations.events(world.company, 200, null).data())
        .hasSize(idOf.size())
        .noneMatch(event -> event.state() == State.ACCEPTED);
    assertThat(messages()).as("seed " + seed).hasSize(made.size() + byHand.size());
    assertThat(made).as("the stream made mails at all").hasSizeGreaterThan(5);
    assertThat(decided.values()).contains("", "switched_off", "unknown_document", "already_sent");
  }

  private void step(Random random, int step) {
    String number = "INV-" + random.nextInt(14);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> tell(fresh(random, "e" + step, number));
      case 3, 4 -> {
        if (!told.isEmpty()) tell(told.get(random.nextInt(told.size())));
      }
      case 5 -> flip(random);
      case 6 -> {
        if (known.contains(number) && byHand.add(number)) world.byHand("invoice", number);
      }
      case 7 -> arrive(number);
      default -> {
        if (!open.isEmpty()) handle(List.copyOf(open).get(random.nextInt(open.size())));
      }
    }
  }

  private static Told fresh(Random random, String id, String number) {
    boolean payment = random.nextInt(3) == 0;
    EventType type = payment ? EventType.PAYMENT_SUCCEEDED : EventType.INVOICE_ISSUED;
    Map<String, String> facts = payment ? Map.of("reference", "p" + random.nextInt(2)) : Map.of();
    return new Told("/erp", id, type, null, "invoice", number, null, facts, null);
  }

  private void tell(Told one) {
    String id = automations.tell(world.caller, List.of(one)).getFirst().id();
    String before = idOf.put(one.sourceId(), id);
    if (before == null) {
      told.add(one);
      open.add(one.sourceId());
    } else {
      assertThat(id).isEqualTo(before);
      if ("unknown_document".equals(decided.get(one.sourceId()))) reopened(one.sourceId());
    }
  }

  private void reopened(String source) {
    decided.remove(source);
    open.add(source);
  }

  private void flip(Random random) {
    Automation automation =
        random.nextBoolean() ? Automation.INVOICE_ISSUED : Automation.PAYMENT_SUCCEEDED;
    if (random.nextInt(4) == 0) on.remove(automation);
    else on.add(automation);
    automations.enable(world.caller, automation, on.contains(automation), null);
  }

  private void arrive(String number) {
    if (!known.add(number)) return;
    world.invoice(number, "10.00");
    for (Told one : told)
      if (one.documentNumber().equals(number)
          && "unknown_document".equals(decided.get(one.sourceId()))) reopened(one.sourceId());
  }

  private void handle(String source) {
    Told one =
        told.stream().filter(each -> each.sourceId().equals(source)).findFirst().orElseThrow();
    String id = idOf.get(source);
    BusinessEvent event =
        database.read(sql -> EventRows.find(sql, world.company, id)).orElseThrow();
    assertThat(event.state()).as(source + " is open").isEqualTo(State.ACCEPTED);
    handleEvent.handle(event);
    String expected = expected(one);
    Automation automation = automation(one);
    Outcome outcome =
        automations.event(world.company, id).orElseThrow().outcomes().stream()
            .filter(each -> each.automation().equals(automation.word()))
            .findFirst()
            .orElseThrow();
    String code = outcome.code() == null ? "" : outcome.code();
    assertThat(code).as(one + ": " + outcome.skipped()).isEqualTo(expected);
    if (expected.isEmpty()) made.add(key(one));
    decided.put(source, expected);
    open.remove(source);
  }

  /** The model. */
  private String expected(Told one) {
    if (!on.contains(automation(one))) return "switched_off";
    if (!known.contains(one.documentNumber())) return "unknown_document";
    boolean hand =
        automation(one) == Automation.INVOICE_ISSUED && byHand.contains(one.documentNumber());
    return hand || made.contains(key(one)) ? "already_sent" : "";
  }

  private static Automation automation(Told one) {
    return one.type() == EventType.INVOICE_ISSUED
        ? Automation.INVOICE_ISSUED
        : Automation.PAYMENT_SUCCEEDED;
  }

  private static String key(Told one) {
    return one.type() + one.documentNumber() + one.facts().getOrDefault("reference", "");
  }

  private List<Message> messages() {
    return world
        .postroom
        .bean(Outbox.class)
        .list(world.caller, MessageFilter.ALL, 200, null)
        .data();
  }
}
