package org.postroom.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.access.Role;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.templates.Template.Level;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class TemplateStoreTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller ADMIN = person("usr_admin", Role.ADMINISTRATOR);
  private static final Caller ANNA = person("usr_anna", Role.SALES);
  private static final Caller BEN = person("usr_ben", Role.SALES);
  private static final Caller VIEWER = person("usr_eye", Role.VIEWER);
  private static final Caller KEY = Doors.caller("com_1", Right.SEND, Right.MANAGE_TEMPLATES);

  @Parameter TestDatabase kind;
  private Instant now = Instant.parse("2026-11-21T09:00:00Z");
  private final List<TemplateUse> uses = new ArrayList<>();
  private Database database;
  private Templates templates;
  private TemplateChanges changes;
  private Locale companyLanguage = Locale.ENGLISH;

  @BeforeEach
  void open() {
    database = kind.open(() -> now);
    templates = new Templates(database, company -> companyLanguage);
    changes = new TemplateChanges(database, new Audit(database), uses);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsATemplateAsItWasGiven() {
    Template made =
        changes.create(
            ADMIN,
            read(
                """
                {"purpose": "invoice", "language": "de", "name": " Rechnung freundlich ",
                 "default": true, "note": "first", "cc": ["Ann <ann@a.example>"],
                 "bcc": ["archive@acme.example"], "reply_to": "Billing <b@acme.example>",
                 "body": {"subject": "Rechnung {{document.number}}", "message": "Hallo,\\n\\nanbei.",
                          "heading": "Ihre Rechnung", "signature": true,
                          "signature_text": "Gruß", "item_table": true, "pay_button": false}}\
                """));
    assertThat(made.id()).startsWith("tpl_");
    assertThat(templates.find("com_1", made.id(), null)).contains(made);
    assertThat(templates.find("com_2", made.id(), null)).isEmpty();
    assertThat(made.name()).isEqualTo("Rechnung freundlich");
    assertThat(made.level()).isEqualTo(Level.APPLICATION);
    assertThat(made.isDefault()).isTrue();
    assertThat(made.version()).isEqualTo(1);
    assertThat(made.createdAt()).isEqualTo(now);
    assertThat(made.savedBy()).isEqualTo("usr_admin");
    assertThat(made.copies())
        .isEqualTo(
            new Copies(
                List.of(Address.parse("Ann <ann@a.example>")),
                List.of(Address.of("archive@acme.example")),
                Address.parse("Billing <b@acme.example>")));
    assertThat(made.body())
        .isEqualTo(
            new Body.Simple(
                "Rechnung {{document.number}}",
                "",
                "Ihre Rechnung",
                "",
                "Hallo,\n\nanbei.",
                "",
                "",
                new Body.Signature(true, "Gruß"),
                new Body.Blocks(true, true, false, false)));
  }

  @Test
  void keepsHtmlOfOnesOwn() {
    Template made =
        changes.create(
            ADMIN,
            read(
                """
                {"purpose": "quote", "language": "en", "name": "Own",
                 "body": {"kind": "html", "subject": "Q", "html": "<p>{{document.number}}</p>",
                          "text": null}}\
                """));
    assertThat(templates.get(ADMIN, made.id()).body())
        .isEqualTo(new Body.Html("Q", "<p>{{document.number}}</p>", null));
  }

  @Test
  void rendersTheOneInUseInTheReadersLanguage() {
    String german = make(ADMIN, "de", "Rechnung", true).id();
    make(ADMIN, "de", "Andere", false);
    Content content = render(null, null, Locale.GERMANY);
    assertThat(content.template()).isEqualTo(german);
    assertThat(content.reason()).isEqualTo("Template “Rechnung” in German.");
    assertThat(content.subject()).isEqualTo("Rechnung 4711");
    assertThat(content.copies().bcc()).containsExactly(Address.of("archive@acme.example"));
  }

  @Test
  void aBuiltInTextInTheReadersLanguageGoesBeforeAnOwnOneInAnother() {
    make(ADMIN, "en", "Invoice", true);
    Content content = render(null, null, Locale.GERMANY);
    assertThat(content.template()).isEqualTo("built-in:invoice:de");
    assertThat(content.reason()).isEqualTo("Built-in text for invoices in German.");
  }

  @Test
  void withoutTheReadersLanguageTheCompanysCountsThenEnglish() {
    companyLanguage = Locale.GERMANY;
    Locale finnish = Locale.of("fi", "FI");
    assertThat(render(null, null, finnish).reason())
        .isEqualTo("Built-in text for invoices in German, as there is none in Finnish.");
    String german = make(ADMIN, "de", "Rechnung", true).id();
    assertThat(render(null, null, finnish).template()).isEqualTo(german);
    assertThat(render(null, null, finnish).reason())
        .isEqualTo("Template “Rechnung” in German, as there is none in Finnish.");
    companyLanguage = Locale.of("sv");
    assertThat(render(null, null, finnish).reason())
        .isEqualTo("Built-in text for invoices in English, as there is none in Finnish.");
    String own = make(ADMIN, "fi", "Lasku", true).id();
    assertThat(render(null, null, finnish).template()).isEqualTo(own);
  }

  @Test
  void aNamedTemplateCountsWhateverItsLanguage() {
    make(ADMIN, "de", "Rechnung", true);
    String other = make(ADMIN, "de", "Andere", false).id();
    Content content = render(other, null, Locale.ENGLISH);
    assertThat(content.template()).isEqualTo(other);
    assertThat(content.reason()).isEqualTo("Template “Andere” in German, as chosen.");
  }

  @Test
  void aPersonalTemplateIsForItsOwnerAloneAndNeverForAutomaticMail() {
    String mine = personal(ANNA).id();
    assertThat(render(mine, ANNA.id(), Locale.ENGLISH).reason())
        .isEqualTo("Personal template “Mine” in English, as chosen.");
    for (String reader : new String[] {BEN.id(), ADMIN.id(), null})
      assertThat(
              catchThrowableOfType(Problem.class, () -> render(mine, reader, Locale.ENGLISH))
                  .errorAt("/template"))
          .isEqualTo("There is no template \"" + mine + "\" for this purpose.");
  }

  @Test
  void refusesATemplateOfAnotherPurposeOrCompany() {
    String quote =
        changes
            .create(
                ADMIN,
                read(
                    """
                    {"purpose": "quote", "language": "en", "name": "Q",
                     "body": {"subject": "Q", "message": "Hi"}}\
                    """))
            .id();
    assertThat(
            catchThrowableOfType(Problem.class, () -> render(quote, null, Locale.ENGLISH))
                .errorAt("/template"))
        .isNotNull();
    String invoice = make(ADMIN, "en", "I", false).id();
    var wish = new Wish("com_2", "invoice", invoice, null, Locale.ENGLISH, Map.of());
    assertThat(catchThrowableOfType(Problem.class, () -> templates.render(wish)).status())
        .isEqualTo(422);
  }

  @Test
  void choicesAreTheCompanysTheReadersOwnAndTheBuiltInOnes() {
    Template german = make(ADMIN, "de", "Rechnung", true);
    Template plain = make(ADMIN, "en", "Plain", false);
    Template mine = personal(ANNA);
    personal(BEN);
    List<String> annas = ids(templates.choices("com_1", ANNA.id(), "invoice"));
    assertThat(annas)
        .startsWith(german.id(), plain.id(), mine.id(), "built-in:invoice:en")
        .contains("built-in:invoice:de");
    assertThat(ids(templates.choices("com_1", null, "invoice")))
        .startsWith(german.id(), plain.id(), "built-in:invoice:en");
    assertThat(ids(templates.choices("com_1", ANNA.id(), "quote"))).startsWith("built-in:quote:en");
    assertThat(ids(templates.choices("com_2", ANNA.id(), "invoice")))
        .startsWith("built-in:invoice:en");
  }

  @Test
  void findsTheSameTextInAnotherLanguageByItsName() {
    Template english = make(ADMIN, "en", "Friendly", false);
    Template german = make(ADMIN, "de", "Friendly", false);
    make(ADMIN, "de", "Strict", true);
    assertThat(templates.translated(english, Locale.GERMANY)).isEqualTo(german);
    assertThat(templates.translated(english, Locale.FRENCH)).isEqualTo(english);
    assertThat(templates.translated(english, Locale.UK)).isEqualTo(english);
  }

  @Test
  void whoMaySeeAndChangeWhat() {
    Template ours = make(ADMIN, "en", "Ours", false);
    Template annas = personal(ANNA);
    Map<String, List<Integer>> expected =
        Map.of(
            "usr_admin", List.of(200, 200, 404, 404),
            "usr_anna", List.of(200, 403, 200, 200),
            "usr_ben", List.of(200, 403, 404, 404),
            "usr_eye", List.of(403, 403, 403, 403),
            "key_1", List.of(200, 200, 404, 404));
    for (Caller caller : List.of(ADMIN, ANNA, BEN, VIEWER, KEY))
      assertThat(
              List.of(
                  status(() -> templates.get(caller, ours.id())),
                  status(() -> rename(caller, ours, caller.id())),
                  status(() -> templates.get(caller, annas.id())),
                  status(() -> rename(caller, annas, caller.id()))))
          .as(caller.id())
          .isEqualTo(expected.get(caller.id()));
    for (Caller caller : List.of(ADMIN, BEN, KEY)) {
      assertThat(status(() -> changes.delete(caller, annas.id(), null))).isEqualTo(404);
      assertThat(status(() -> changes.versions(caller, annas.id(), 50, Long.MAX_VALUE)))
          .isEqualTo(404);
      assertThat(status(() -> changes.restore(caller, annas.id(), 1, null))).isEqualTo(404);
      assertThat(ids(templates.list(caller, TemplateFilter.ALL, 50).data()))
          .doesNotContain(annas.id());
    }
    assertThat(ids(templates.list(ANNA, TemplateFilter.ALL, 50).data()))
        .containsExactly(ours.id(), annas.id());
    assertThat(status(() -> changes.delete(ANNA, ours.id(), null))).isEqualTo(403);
    assertThat(status(() -> changes.create(ANNA, draft("en", "x", false)))).isEqualTo(403);
    assertThat(status(() -> personal(KEY))).isEqualTo(422);
    assertThat(status(() -> personal(VIEWER))).isEqualTo(403);
    changes.delete(ANNA, annas.id(), null);
    assertThat(templates.find("com_1", annas.id(), ANNA.id())).isEmpty();
  }

  @Test
  void aSecondDefaultTakesTheFirstOnesPlace() {
    Template first = make(ADMIN, "de", "First", true);
    Template second = make(ADMIN, "de", "Second", true);
    Template english = make(ADMIN, "en", "English", true);
    Template former = templates.get(ADMIN, first.id());
    assertThat(former.isDefault()).isFalse();
    assertThat(former.version()).isEqualTo(1);
    assertThat(former.revision()).isEqualTo(2);
    assertThat(templates.get(ADMIN, second.id()).isDefault()).isTrue();
    assertThat(templates.get(ADMIN, english.id()).isDefault()).isTrue();
    Template again =
        changes.update(ADMIN, first.id(), null, template -> merge(template, "{\"default\": true}"));
    assertThat(again.isDefault()).isTrue();
    assertThat(again.version()).isEqualTo(1);
    assertThat(templates.get(ADMIN, second.id()).isDefault()).isFalse();
  }

  @Test
  void everySavedTextIsAVersionAndCanComeBack() {
    Template made = make(ADMIN, "de", "One", false);
    now = now.plusSeconds(60);
    Template second =
        changes.update(
            KEY,
            made.id(),
            made.revision(),
            each ->
                merge(
                    each,
                    "{\"name\": \"Two\", \"note\": \"why\", \"body\": {\"message\": \"New\"}}"));
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.updatedAt()).isEqualTo(now);
    assertThat(second.body().subject()).isEqualTo(made.body().subject());
    List<TemplateVersion> versions = versions(made);
    assertThat(versions.stream().map(TemplateVersion::number)).containsExactly(2L, 1L);
    assertThat(versions.getFirst().note()).isEqualTo("why");
    assertThat(versions.getFirst().savedBy()).isEqualTo("key ERP");
    assertThat(versions.getLast().body()).isEqualTo(made.body());

    Template restored = changes.restore(ADMIN, made.id(), 1, second.revision());
    assertThat(restored.version()).isEqualTo(3);
    assertThat(restored.body()).isEqualTo(made.body());
    assertThat(restored.name()).isEqualTo("One");
    assertThat(versions(made).getFirst().note()).isEqualTo("Restored from version 1");
    assertThat(render(made.id(), null, Locale.GERMAN).subject()).isEqualTo("Rechnung 4711");
    assertThat(status(() -> changes.restore(ADMIN, made.id(), 9, null))).isEqualTo(404);
    var page = changes.versions(ADMIN, made.id(), 2, Long.MAX_VALUE);
    assertThat(page.hasMore()).isTrue();
    assertThat(page.nextCursor()).isEqualTo("2");
    assertThat(changes.versions(ADMIN, made.id(), 2, 2).data().getFirst().number()).isEqualTo(1);
  }

  @Test
  void savingWithoutAChangeIsNoVersion() {
    Template made = make(ADMIN, "de", "One", false);
    Template same = changes.update(ADMIN, made.id(), null, TemplateDraft::of);
    assertThat(same).isEqualTo(made);
    assertThat(versions(made)).hasSize(1);
  }

  @Test
  void whoSawAnOlderRevisionChangesNothing() {
    Template made = make(ADMIN, "de", "One", false);
    rename(ADMIN, made, "Two");
    assertThat(
            status(() ->
                changes.update(
                    ADMIN, made.id(), made.revision(), each -> merge(each, "{\"name\": \"X\"}"))))
        .isEqualTo(412);
    assertThat(status(() -> changes.delete(ADMIN, made.id(), made.revision()))).isEqualTo(412);
    assertThat(templates.get(ADMIN, made.id()).name()).isEqualTo("Two");
  }

  @Test
  void whatIsNamedCannotBeDeleted() {
    Template made = make(ADMIN, "de", "One", false);
    uses.add((company, template) ->
        template.equals(made.id()) ? Optional.of("the document kind invoice") : Optional.empty());
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> changes.delete(ADMIN, made.id(), made.revision()));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.detail())
        .isEqualTo("“One” cannot be deleted: it is used by the document kind invoice.");
    uses.clear();
    changes.delete(ADMIN, made.id(), made.revision());
    assertThat(status(() -> templates.get(ADMIN, made.id()))).isEqualTo(404);
    assertThat(rows("template_versions")).isEmpty();
  }

  @Test
  void builtInTextsCannotBeChanged() {
    assertThat(templates.get(ANNA, "built-in:invoice:de").level()).isEqualTo(Level.BUILT_IN);
    assertThat(status(() -> changes.delete(ADMIN, "built-in:invoice:de", null))).isEqualTo(409);
    assertThat(status(() -> changes.update(ADMIN, "built-in:invoice:de", null, TemplateDraft::of)))
        .isEqualTo(409);
  }

  @Test
  void storesNothingThatCannotBeFilledIn() {
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                read(
                    """
                    {"purpose": "invoce", "language": "xx", "name": "A", "level": "personal",
                     "default": true,
                     "body": {"subject": "a\\nb", "message": "{{#if x}}", "closing": "{{> file}}"}}\
                    """));
    assertThat(problem.errors().stream().map(Problem.FieldError::pointer))
        .containsExactlyInAnyOrder(
            "/purpose", "/language", "/default", "/body/subject", "/body/message", "/body/closing");
    Template made = make(ADMIN, "de", "One", false);
    assertThat(
            status(() ->
                changes.update(
                    ADMIN,
                    made.id(),
                    null,
                    each -> merge(each, "{\"body\": {\"message\": \"{{\"}}"))))
        .isEqualTo(422);
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () -> merge(made, "{\"purpose\": \"quote\", \"language\": \"en\", \"x\": 1}"))
                .errors())
        .hasSize(3);
    assertThat(versions(made)).hasSize(1);
    assertThat(rows("templates")).hasSize(1);
  }

  @Test
  void theAuditTrailTellsWhoChangedWhat() {
    Template made = make(ADMIN, "de", "One", false);
    rename(KEY, made, "Two");
    changes.delete(ADMIN, made.id(), null);
    var entries =
        new Audit(database)
            .list(Doors.caller("com_1", Right.MANAGE_PEOPLE), 10, null)
            .data()
            .reversed();
    assertThat(entries.stream().map(Audit.Entry::what))
        .containsExactly("template.created", "template.changed", "template.deleted");
    assertThat(entries.get(1).actor()).isEqualTo("key_1");
    assertThat(entries.get(1).from()).isEqualTo("{\"name\":\"One\",\"version\":1}");
    assertThat(entries.get(1).to()).isEqualTo("{\"name\":\"Two\",\"version\":2}");
  }

  @Test
  void listsByPurposeLanguageAndLevel() {
    Template german = make(ADMIN, "de", "A", false);
    Template english = make(ADMIN, "en", "B", false);
    Template mine = personal(ANNA);
    assertThat(ids(list("invoice", "de", null))).containsExactly(german.id());
    assertThat(ids(list(null, "en", null))).containsExactly(english.id(), mine.id());
    assertThat(ids(list(null, null, Level.PERSONAL))).containsExactly(mine.id());
    assertThat(ids(list(null, null, Level.APPLICATION))).containsExactly(german.id(), english.id());
    assertThat(ids(list("quote", null, null))).isEmpty();
    var first = templates.list(ANNA, TemplateFilter.ALL, 2);
    assertThat(first.nextCursor()).isEqualTo(english.id());
    var rest = templates.list(ANNA, new TemplateFilter(null, null, null, first.nextCursor()), 2);
    assertThat(ids(rest.data())).containsExactly(mine.id());
  }

  private List<Template> list(String purpose, String language, Level level) {
    return templates.list(ANNA, new TemplateFilter(purpose, language, level, null), 50).data();
  }

  private Content render(String template, String reader, Locale language) {
    Map<String, Object> model = Map.of("document", Map.of("number", "4711"));
    return templates.render(new Wish("com_1", "invoice", template, reader, language, model));
  }

  private Template make(Caller caller, String language, String name, boolean isDefault) {
    return changes.create(caller, draft(language, name, isDefault));
  }

  private Template personal(Caller caller) {
    return changes.create(
        caller,
        read(
            """
            {"purpose": "invoice", "language": "en", "name": "Mine", "level": "personal",
             "body": {"subject": "Mine", "message": "Hi"}}\
            """));
  }

  private static TemplateDraft draft(String language, String name, boolean isDefault) {
    return read(
        """
        {"purpose": "invoice", "language": "%s", "name": "%s", "default": %s,
         "bcc": ["archive@acme.example"],
         "body": {"subject": "Rechnung {{document.number}}", "message": "Hallo"}}\
        """
            .formatted(language, name, isDefault));
  }

  private Template rename(Caller caller, Template template, String name) {
    return changes.update(
        caller, template.id(), null, each -> merge(each, "{\"name\": \"" + name + "\"}"));
  }

  private List<TemplateVersion> versions(Template template) {
    return changes.versions(ADMIN, template.id(), 50, Long.MAX_VALUE).data();
  }

  private List<Map<String, Object>> rows(String table) {
    return database.read(sql -> sql.sql("SELECT * FROM " + table).query().listOfRows());
  }

  private static List<String> ids(List<Template> templates) {
    return templates.stream().map(Template::id).toList();
  }

  private static int status(Runnable work) {
    try {
      work.run();
      return 200;
    } catch (Problem problem) {
      return problem.status();
    }
  }

  private static TemplateDraft read(String json) {
    return TemplateJson.read(json(json));
  }

  private static TemplateDraft merge(Template template, String json) {
    return TemplateJson.merge(template, json(json));
  }

  private static JsonNode json(String json) {
    return JSON.readTree(json);
  }

  private static Caller person(String id, Role role) {
    return new Caller(
        "com_1",
        Caller.Kind.PERSON,
        id,
        id,
        id + "@acme.example",
        Set.copyOf(role.rights()),
        false);
  }
}
