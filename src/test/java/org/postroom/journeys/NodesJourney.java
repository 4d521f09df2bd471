package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.Eventually.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;

/**
 * Three processes with nothing in common but their PostgreSQL: they start together, share the work,
 * die, freeze and are replaced by a newer version. {@code bench/nodes-journey} does it for longer.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesJourney {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final int CONNECTIONS = 9;
  private static Nodes nodes;
  private ScriptedSmtpServer server;
  @TempDir Path newer;

  @BeforeAll
  static void startTogether() {
    nodes = new Nodes("one", "two", "three");
  }

  @AfterAll
  static void stop() {
    if (nodes != null) nodes.close();
  }

  @BeforeEach
  void open() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
  }

  @AfterEach
  void close() {
    nodes.wakeAll();
    server.close();
  }

  @Test
  @Order(1)
  void nodesThatStartTogetherMakeOneInstallation() throws IOException {
    assertThat(nodes.count("companies")).isEqualTo(1);
    assertThat(nodes.count("people")).isEqualTo(1);
    assertThat(nodes.count("api_keys")).isEqualTo(1);
    assertThat(nodes.count("accounts")).as("the local one").isEqualTo(1);
    Set<String> keys = new HashSet<>();
    for (String name : nodes.names())
      keys.add(Files.readString(nodes.node(name).home().resolve("secret.key")));
    assertThat(keys).as("one key seals for all").hasSize(1);
  }

  @Test
  @Order(2)
  void aPersonIsAnsweredByWhicheverNodeIsFree() {
    var atOne = new Browser(nodes.node("one").url());
    atOne.submit(
        "/sign-in",
        "form[action$=/sign-in]",
        Map.of("email", RunningPostroom.ADMIN, "password", RunningPostroom.PASSWORD));
    Browser atTwo = atOne.at(nodes.node("two").url());
    Browser.Page form = atTwo.open("/company");
    assertThat(form.path()).as("still signed in").isEqualTo("/company");
    Browser atThree = atOne.at(nodes.node("three").url());
    var saved =
        atThree.sendOnly(
            "/company", Browser.fields(form, "form[action=/company]", Map.of("phone", "+1 555")));
    assertThat(saved.statusCode()).as("the form's token holds here too").isEqualTo(302);
    assertThat(atOne.open("/company").html().select(".n-ok").text()).contains("Saved");
    assertThat(atTwo.open("/company").html().select(".n-ok")).as("said once").isEmpty();
    atThree.submit("/company", "form[action=/sign-out]", Map.of());
    assertThat(atOne.open("/company").path()).as("signed out everywhere").isEqualTo("/sign-in");
  }

  @Test
  @Order(3)
  void workSpreadsAndWhatADeadNodeHadGoesOn() throws Exception {
    server.thinksFor(Duration.ofMillis(5));
    nodes.account(nodes.node("one"), server, CONNECTIONS, 0);
    prepare(nodes);
    var load = new ErpLoad(nodes.node("one"), () -> server.received().size());
    load.begin();
    for (String name : nodes.names())
      within(Duration.ofMinutes(1), () -> nodes.tries(name), tries -> tries > 3);
    assertThat(server.mostConnectionsAtOnce()).isLessThanOrEqualTo(CONNECTIONS);

    eventually(() -> underWay("two"), n -> n > 0);
    nodes.node("two").kill();
    nodes.leasesAge("two", LEASE);
    // A newer version comes, with tables of its own, while the old ones are at work.
    nodes.add("four", newerVersion());
    int more = server.contents() + 40;
    within(Duration.ofMinutes(1), server::contents, n -> n >= more);
    within(Duration.ofMinutes(1), () -> nodes.tries("four"), tries -> tries > 0);
    load.end();
    within(Duration.ofSeconds(60), NodesJourney::waiting, n -> n == 0);

    Ledger ledger =
        Ledger.of(
            Stream.concat(load.texts().stream(), load.events().stream()).toList(),
            nodes.node("one"),
            server);
    System.out.print(ledger);
    assertThat(load.complaints()).isEmpty();
    assertThat(ledger.missing()).isEmpty();
    assertThat(ledger.doubled()).isEmpty();
    assertThat(ledger.lost()).isEmpty();
    assertThat(ledger.repeated()).isEmpty();
    assertThat(ledger.silent()).isEmpty();
    assertThat(ledger.states().keySet()).isSubsetOf("sent", "unclear");
    assertThat(ledger.states().getOrDefault("unclear", 0L))
        .as("what the dead node was handing over")
        .isLessThanOrEqualTo(CONNECTIONS);
  }

  /** Frozen before the mark: another node sends it, and the one that wakes up hangs up. */
  @Test
  @Order(4)
  void aNodeThatWakesUpBeforeTheContentSendsNothing() {
    String frozen = freezeAt(Verb.DATA);
    int open = server.openConnections();
    eventually(server::received, mails -> mails.size() == 1);
    eventually(NodesJourney::newest, "[sent]"::equals);
    nodes.signal(frozen, "CONT");
    server.release();
    eventually(server::openConnections, n -> n < open);
    assertThat(server.received()).as("one dot").hasSize(1);
    assertThat(newest()).isEqualTo("[sent]");
  }

  /** Frozen after the mark: nobody sends it again, and the answer it still gets settles it. */
  @ParameterizedTest
  @EnumSource(names = {"BODY", "CONTENT"})
  @Order(5)
  void aNodeThatWakesUpInTheMiddleOfTheContentIsNotFollowedByAnother(Verb verb) {
    String frozen = freezeAt(verb);
    eventually(NodesJourney::newest, "[unclear]"::equals);
    server.release();
    nodes.signal(frozen, "CONT");
    eventually(NodesJourney::newest, "[sent]"::equals);
    assertThat(server.received()).as("one dot").hasSize(1);
  }

  @Test
  @Order(6)
  void theLimitOfAMinuteIsThatOfAllNodesTogether() {
    nodes.account(nodes.node("one"), server, CONNECTIONS, 15);
    for (int i = 0; i < 30; i++) nodes.send(nodes.node("one"), "Limited " + i);
    eventually(server::received, mails -> mails.size() >= 15);
    // Every node looks for work again, and finds it at an account without such a limit.
    try (ScriptedSmtpServer free = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      nodes.account(nodes.node("one"), free, CONNECTIONS, 0);
      for (int i = 0; i < 30; i++) nodes.send(nodes.node("one"), "Free " + i);
      eventually(free::received, mails -> mails.size() == 30);
    }
    assertThat(server.received()).as("in this minute").hasSize(15);
    assertThat(server.mostConnectionsAtOnce()).isLessThanOrEqualTo(CONNECTIONS);
  }

  @Test
  @Order(7)
  void anOldNodeIsReplacedWithoutLosingAnything() {
    nodes.account(nodes.node("four"), server, CONNECTIONS, 0);
    for (int i = 0; i < 20; i++) nodes.send(nodes.node("one"), "Handed over " + i);
    assertThat(nodes.node("one").stop()).as("ends well").isZero();
    assertThat(nodes.node("three").stop()).isZero();
    eventually(server::received, mails -> mails.size() == 20);
    // What waits for the limit of the test before is another server's.
    eventually(
        () -> nodes.count("messages WHERE subject LIKE 'Handed over %' AND state <> 'sent'"),
        n -> n == 0);
    assertThat(server.received()).as("each once").hasSize(20);
  }

  /** The node that took the message, which is frozen; its lease has ended since. */
  private String freezeAt(Verb verb) {
    nodes.account(nodes.node("one"), server, CONNECTIONS, 0);
    server.at(verb).stall();
    nodes.send(nodes.node("one"), "At " + verb);
    boolean marked = verb != Verb.DATA;
    String mine = marked ? "handed_over_at IS NOT NULL" : "handed_over_at IS NULL";
    String holder = "SELECT lease_owner FROM messages WHERE state = 'sending' AND " + mine;
    String owner = eventually(() -> nodes.text(holder), found -> found.length() > 2);
    eventually(server::commands, said -> said.contains("DATA"));
    String frozen = owner.substring(1, owner.length() - 1);
    nodes.signal(frozen, "STOP");
    server.script().clear();
    nodes.leasesAge(frozen, LEASE.multipliedBy(2));
    return frozen;
  }

  private static String newest() {
    return nodes.text("SELECT state FROM messages ORDER BY id DESC LIMIT 1");
  }

  private static long underWay(String node) {
    return nodes.count("messages WHERE state = 'sending' AND lease_owner = '" + node + "'");
  }

  private static long waiting() {
    return waiting(nodes);
  }

  static long waiting(Nodes nodes) {
    return nodes.count("messages WHERE state IN ('queued', 'delayed', 'sending')")
        + nodes.count("business_events WHERE state = 'accepted'");
  }

  static void prepare(Nodes nodes) {
    PostroomProcess one = nodes.node("one");
    nodes.made(
        one,
        201,
        "PUT",
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR", "emails": {"main": ["ap@contoso.example"]}}
        """);
    nodes.made(one, 200, "PATCH", "/api/v1/automations/invoice_issued", "{\"enabled\": true}");
  }

  /** The same program with one script more: what a newer version does to the tables. */
  private Launch newerVersion() throws IOException {
    Path scripts = Files.createDirectories(newer.resolve("db/migration"));
    Files.writeString(
        scripts.resolve("V9000__later.sql"),
        """
        ALTER TABLE messages ADD COLUMN later TEXT;
        ALTER TABLE business_events ADD COLUMN later ${long} NOT NULL DEFAULT 0;
        CREATE TABLE later_things (company_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (company_id, id)) ${strict};
        CREATE INDEX messages_later ON messages (company_id, later);
        """);
    Launch usual = Launch.quick();
    return new Launch(usual.flags(), usual.classPath() + File.pathSeparator + newer);
  }
}
