package org.postroom.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.DkimKey;
import org.postroom.mail.DkimKey.Algorithm;
import org.postroom.net.Dns;
import org.postroom.secrets.Secrets;
import org.postroom.signing.SigningKey.Entry;
import org.postroom.signing.SigningKey.State;
import org.postroom.testkit.DnsServer;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class SigningKeysTests {
  private static final Caller ADMIN = Doors.caller("co_1", Right.MANAGE_ACCOUNTS);
  private static final Caller STRANGER = Doors.caller("co_2", Right.MANAGE_ACCOUNTS);
  private static final Address FROM = Address.of("invoices@acme.example");
  private static final byte[] MAIL =
      "From: invoices@acme.example\r\nSubject: Hi\r\n\r\nHello.\r\n".getBytes(UTF_8);

  /** Making RSA keys takes long, and which keys they are does not matter here. */
  private static final Map<Algorithm, DkimKey.Made> MADE =
      Map.of(
          Algorithm.RSA, DkimKey.make(Algorithm.RSA),
          Algorithm.ED25519, DkimKey.make(Algorithm.ED25519));

  @Parameter TestDatabase kind;
  @TempDir Path home;
  private final Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private DnsServer dns;
  private Database database;
  private SigningKeys keys;
  private Signing signing;

  @BeforeEach
  void open() {
    dns = DnsServer.start();
    database = kind.open(() -> now);
    var settings = new Settings(Map.of("POSTROOM_HOME", home.toString()));
    var secrets = new Secrets(settings);
    var look = new Look(new Dns(List.of(dns.address()), Duration.ofSeconds(2)));
    keys = new SigningKeys(database, secrets, new Audit(database), look, MADE::get);
    signing = new Signing(database, secrets);
  }

  @AfterEach
  void close() {
    database.close();
    dns.close();
  }

  @Test
  void makesTwoKeysWithSelectorsOfTheirOwn() {
    SigningKey key = made("ACME.example");
    assertThat(key.domain()).isEqualTo("acme.example");
    assertThat(key.state()).isEqualTo(State.WAITING);
    assertThat(key.published()).isEqualTo(Published.UNKNOWN);
    assertThat(key.entries().stream().map(key::name))
        .satisfiesExactly(
            rsa -> assertThat(rsa).matches("postroom2026r-[a-z2-9]{4}._domainkey.acme.example"),
            ed -> assertThat(ed).matches("postroom2026e-[a-z2-9]{4}._domainkey.acme.example"));
    assertThat(keys.get(ADMIN, key.id())).isEqualTo(key);
    assertThat(made("bücher.example").domain()).isEqualTo("xn--bcher-kva.example");
    assertThat(made("@sub.acme.example").domain()).isEqualTo("sub.acme.example");
  }

  @Test
  void refusesWhatIsNoDomain() {
    for (String wrong :
        List.of(
            "",
            " ",
            "acme",
            "a@b.example",
            "https://acme.example",
            "a b.example",
            "-.example",
            "x".repeat(260) + ".example",
            "acme.example.",
            "acme..example",
            "a\r\nb.example"))
      assertThat(problem(() -> keys.make(ADMIN, wrong)).errorAt("/domain")).as(wrong).isNotNull();
  }

  @Test
  void switchesOnOnlyWhenBothRecordsStand() {
    SigningKey key = made("acme.example");
    assertThat(problem(() -> keys.activate(ADMIN, key.id())).code()).isEqualTo("not_published");
    Entry rsa = key.entries().getFirst();
    Entry ed = key.entries().getLast();
    dns.txt(key.name(rsa), rsa.record().text());
    Problem missing = problem(() -> keys.activate(ADMIN, key.id()));
    assertThat(missing.status()).isEqualTo(409);
    assertThat(missing.detail()).contains(key.name(ed));
    assertThat(states(key)).containsExactly(Published.OK, Published.MISSING);
    dns.txt(key.name(ed), "v=DKIM1; k=ed25519; p=AAAA");
    Problem different = problem(() -> keys.activate(ADMIN, key.id()));
    assertThat(different.code()).isEqualTo("published_differently");
    assertThat(signing.sign("co_1", FROM, MAIL)).isSameAs(MAIL);
    dns.forget(key.name(ed)).txt(key.name(ed), ed.record().text());
    SigningKey active = keys.activate(ADMIN, key.id());
    assertThat(active.active()).isTrue();
    assertThat(active.published()).isEqualTo(Published.OK);
    assertThat(active.activeSince()).isEqualTo(now);
    assertThat(active.checkedAt()).isEqualTo(now);
    assertThat(selectors(signing.sign("co_1", FROM, MAIL)))
        .containsExactly(rsa.selector(), ed.selector());
  }

  @Test
  void tellsWhenTheDnsDoesNotAnswerOrSaysTwoThings() {
    SigningKey key = made("acme.example");
    publish(key);
    String name = key.name(key.entries().getFirst());
    dns.txt(name, "v=DKIM1; p=other");
    assertThat(problem(() -> keys.activate(ADMIN, key.id())).code())
        .isEqualTo("published_differently");
    dns.fail(name);
    Problem unanswered = problem(() -> keys.activate(ADMIN, key.id()));
    assertThat(unanswered.code()).isEqualTo("dns_unanswered");
    assertThat(states(key)).containsExactly(Published.UNKNOWN, Published.OK);
  }

  @Test
  void followsAliases() {
    SigningKey key = made("acme.example");
    Entry rsa = key.entries().getFirst();
    Entry ed = key.entries().getLast();
    dns.cname(key.name(rsa), "keys.host.example").txt("keys.host.example", rsa.record().text());
    dns.txt(key.name(ed), ed.record().text());
    assertThat(keys.activate(ADMIN, key.id()).active()).isTrue();
  }

  @Test
  void aNewKeyReplacesTheOldOneWhenItIsPublished() {
    SigningKey old = active("acme.example");
    SigningKey fresh = made("acme.example");
    assertThat(problem(() -> made("acme.example")).code()).isEqualTo("exists");
    assertThat(selectors(signing.sign("co_1", FROM, MAIL)))
        .contains(old.entries().getFirst().selector());
    publish(fresh);
    keys.activate(ADMIN, fresh.id());
    assertThat(keys.get(ADMIN, old.id()).state()).isEqualTo(State.RETIRED);
    assertThat(keys.get(ADMIN, old.id()).activeSince()).isNull();
    assertThat(selectors(signing.sign("co_1", FROM, MAIL)))
        .containsExactlyElementsOf(fresh.entries().stream().map(Entry::selector).toList());
    assertThat(keys.activate(ADMIN, old.id()).active()).as("back again").isTrue();
    assertThat(keys.get(ADMIN, fresh.id()).state()).isEqualTo(State.RETIRED);
  }

  @Test
  void signsForJustThisDomainOfJustThisCompany() {
    active("acme.example");
    assertThat(signing.sign("co_1", Address.of("A@ACME.Example"), MAIL)).isNotEqualTo(MAIL);
    assertThat(signing.sign("co_1", Address.of("a@mail.acme.example"), MAIL)).isSameAs(MAIL);
    assertThat(signing.sign("co_1", Address.of("a@other.example"), MAIL)).isSameAs(MAIL);
    assertThat(signing.sign("co_2", FROM, MAIL)).isSameAs(MAIL);
  }

  @Test
  void switchedOffItSignsNoMoreAndCanBeDeleted() {
    SigningKey key = active("acme.example");
    Problem refused = problem(() -> keys.delete(ADMIN, key.id()));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(keys.deactivate(ADMIN, key.id()).state()).isEqualTo(State.RETIRED);
    assertThat(keys.deactivate(ADMIN, key.id()).state()).as("once more").isEqualTo(State.RETIRED);
    assertThat(signing.sign("co_1", FROM, MAIL)).isSameAs(MAIL);
    keys.delete(ADMIN, key.id());
    assertThat(problem(() -> keys.get(ADMIN, key.id())).status()).isEqualTo(404);
  }

  @Test
  void whoeverSwitchesOnAtTheSameMomentLeavesOneActive() throws Exception {
    SigningKey one = active("acme.example");
    SigningKey two = made("acme.example");
    publish(two);
    keys.deactivate(ADMIN, one.id());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<SigningKey> first = () -> keys.activate(ADMIN, one.id());
      Callable<SigningKey> second = () -> keys.activate(ADMIN, two.id());
      for (var told : threads.invokeAll(List.of(first, second, first, second)))
        assertThat(told.get().active()).isTrue();
    }
    assertThat(keys.list(ADMIN, 50, null).data().stream().filter(SigningKey::active)).hasSize(1);
  }

  @Test
  void strangersAndThoseWithoutTheRightGetNothing() {
    SigningKey key = active("acme.example");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> keys.get(STRANGER, key.id()),
            () -> keys.activate(STRANGER, key.id()),
            () -> keys.deactivate(STRANGER, key.id()),
            () -> keys.delete(STRANGER, key.id())))
      assertThat(problem(call).status()).isEqualTo(404);
    assertThat(keys.list(STRANGER, 50, null).data()).isEmpty();
    Caller sender = Doors.caller("co_1", Right.SEND);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> keys.make(sender, "acme.example"),
            () -> keys.list(sender, 50, null),
            () -> keys.get(sender, key.id()),
            () -> keys.activate(sender, key.id()),
            () -> keys.deactivate(sender, key.id()),
            () -> keys.delete(sender, key.id()))) assertThat(problem(call).status()).isEqualTo(403);
  }

  @Test
  void privateHalvesAreSealedAndNowhereElse() {
    SigningKey key = active("acme.example");
    NewSigningKey another = keys.make(ADMIN, "b.example");
    var rows = database.read(sql -> sql.sql("SELECT * FROM dkim_keys").query().listOfRows());
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().get("rsa_private").toString()).startsWith("v1:");
    assertThat(rows.getFirst().get("ed_private").toString()).startsWith("v1:");
    // PKCS #8 of both kinds begins like this in base64.
    assertThat(rows.toString() + key + another).doesNotContain("MIIEv", "MC4CAQAw", "v1:x");
    assertThat(key + another.toString()).doesNotContain("v1:");
    assertThat(another.sealed().toString()).doesNotContain("v1:");
  }

  @Test
  void whatCannotBeOpenedLeavesUnsigned() {
    active("acme.example");
    database.run(sql -> sql.sql("UPDATE dkim_keys SET rsa_private = ed_private").update());
    assertThat(signing.sign("co_1", FROM, MAIL)).isSameAs(MAIL);
  }

  @Test
  void everyChangeIsInTheAudit() {
    SigningKey key = active("acme.example");
    keys.deactivate(ADMIN, key.id());
    keys.delete(ADMIN, key.id());
    Caller auditor = Doors.caller("co_1", Right.MANAGE_PEOPLE);
    assertThat(new Audit(database).list(auditor, 10, null).data())
        .extracting(Audit.Entry::what)
        .containsExactly(
            "dkim_key.deleted", "dkim_key.deactivated", "dkim_key.activated", "dkim_key.created");
  }

  @Test
  void theKeysOfACompanyHaveABound() {
    database.run(sql -> {
      for (int i = 0; i < 100; i++)
        sql.sql(
                """
                INSERT INTO dkim_keys (company_id, id, domain, state, rsa_selector, rsa_public, rsa_private,
                  rsa_published, ed_selector, ed_public, ed_private, ed_published, created_at)
                VALUES ('co_1', :id, :id, 'retired', 'r', 'p', 's', 'ok', 'e', 'p', 's', 'ok', 1)
                """)
            .param("id", "dkim_" + i)
            .update();
    });
    assertThat(problem(() -> keys.make(ADMIN, "acme.example")).code()).isEqualTo("too_many");
    assertThatCode(() -> keys.make(STRANGER, "acme.example")).doesNotThrowAnyException();
  }

  private SigningKey made(String domain) {
    return keys.keep(ADMIN, keys.make(ADMIN, domain));
  }

  private SigningKey active(String domain) {
    SigningKey key = made(domain);
    publish(key);
    return keys.activate(ADMIN, key.id());
  }

  private void publish(SigningKey key) {
    for (Entry entry : key.entries()) dns.txt(key.name(entry), entry.record().text());
  }

  private List<Published> states(SigningKey key) {
    return keys.get(ADMIN, key.id()).entries().stream().map(Entry::published).toList();
  }

  private static List<String> selectors(byte[] mail) {
    return new String(mail, UTF_8)
        .lines()
        .filter(line -> line.startsWith(" s="))
        .map(line -> line.substring(3, line.length() - 1))
        .toList();
  }

  private static Problem problem(ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).as("a refusal").isNotNull();
    return problem;
  }
}
