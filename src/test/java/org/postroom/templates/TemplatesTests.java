package org.postroom.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.testkit.TestDatabase;
import org.postroom.text.Plain;

class TemplatesTests {
  private static Database database;
  private static Templates templates;

  @BeforeAll
  static void open() {
    database = TestDatabase.SQLITE.open(null);
    templates = new Templates(database, company -> Locale.ENGLISH);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<String> purposes() {
    return MailSamples.PURPOSES.stream();
  }

  @ParameterizedTest
  @MethodSource("purposes")
  void everyPurposeHasItsOwnWordsInEachLanguage(String purpose) {
    for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
      Content content = render(purpose, language, SampleModels.full());
      assertThat(content.template()).isEqualTo("built-in:" + purpose + ":" + language);
      assertThat(content.subject()).isNotBlank().hasSizeLessThanOrEqualTo(255);
      assertThat(content.text()).contains("Anna Byrne", "Jonas Peters", "Acme Coffee GmbH");
      assertThat(Jsoup.parse(content.html()).text()).contains("Anna Byrne", "INV-2026-0412");
      assertThat(content.html() + content.text() + content.subject()).doesNotContain("{{", "}}");
    }
    assertThat(Words.of("de").orElseThrow().say(purpose + ".subject", Plain.NOTHING, Locale.GERMAN))
        .isNotEqualTo(
            Words.of("en").orElseThrow().say(purpose + ".subject", Plain.NOTHING, Locale.ENGLISH));
  }

  @ParameterizedTest
  @MethodSource("purposes")
  void missingFactsLeaveNoHoles(String purpose) {
    Map<String, Object> bare = new LinkedHashMap<>();
    bare.put("document", new HashMap<>(Map.of("kind", "invoice", "number", "4711")));
    bare.put("contact", null);
    bare.put("company", Map.of("name", "Acme"));
    Content content = render(purpose, Locale.ENGLISH, bare);
    assertThat(content.text()).startsWith("Hello,\n").doesNotContain("null", "  ", " .", " ,");
    assertThat(content.html()).doesNotContain("null");
    assertThat(render(purpose, Locale.ENGLISH, Map.of()).text()).isNotBlank();
  }

  @Test
  void saysWhyThisText() {
    assertThat(render("invoice", Locale.ENGLISH, Map.of()).reason())
        .isEqualTo("Built-in text for invoices in English.");
    assertThat(render("invoice", Locale.of("fi", "FI"), Map.of()).reason())
        .isEqualTo("Built-in text for invoices in English, as there is none in Finnish.");
    Content chosen =
        templates.render(
            new Wish("com_1", "invoice", "built-in:invoice:de", null, Locale.ENGLISH, Map.of()));
    assertThat(chosen.reason()).isEqualTo("Built-in text for invoices in German, as chosen.");
    assertThat(chosen.text()).contains("Mit freundlichen Grüßen");
  }

  @Test
  void refusesPurposesAndTemplatesThatAreNotThere() {
    for (String template :
        List.of("built-in:invoice:xx", "built-in:quote:en", "tpl_1", "built-in:invoice:../x")) {
      assertThatThrownBy(() ->
              templates.render(
                  new Wish("com_1", "invoice", template, null, Locale.ENGLISH, Map.of())))
          .isInstanceOf(Problem.class);
    }
    assertThatThrownBy(() -> render("nonsense", Locale.ENGLISH, Map.of()))
        .isInstanceOf(Problem.class);
  }

  @Test
  void showsAmountAndDatesAsTheReaderWritesThem() {
    String english = render("invoice", Locale.US, SampleModels.full()).text();
    assertThat(english).contains("Amount due: €1,284.50", "Due date: December 2, 2026");
    String german = render("invoice", Locale.GERMANY, SampleModels.full()).text();
    assertThat(german).contains("Zu zahlen: 1.284,50\u00a0€", "Fällig am: 2. Dezember 2026");
  }

  @Test
  void showsNoPricesOnPapersForTheWarehouse() {
    Content content = render("packing_slip", Locale.ENGLISH, SampleModels.full());
    assertThat(content.text() + content.html()).doesNotContain("1,284.50", "1284");
  }

  @Test
  void offersTheLinkThatThePurposeHas() {
    Content content = render("payment_link", Locale.ENGLISH, SampleModels.withLink("pay"));
    Element button = Jsoup.parse(content.html()).selectFirst("a");
    assertThat(button).isNotNull();
    assertThat(button.attr("href")).isEqualTo("https://pay.acme.example/pay/k3v9?a=1&b=2");
    assertThat(content.text()).contains("https://pay.acme.example/pay/k3v9?a=1&b=2");
    Map<String, Object> hostile = SampleModels.full();
    hostile.put("links", Map.of("pay", "javascript:alert(1)"));
    assertThat(render("payment_link", Locale.ENGLISH, hostile).html())
        .doesNotContain("javascript:");
  }

  @Test
  void valuesStayText() {
    Map<String, Object> model = SampleModels.full();
    String hostile = "<img src=x onerror=alert(1)>\"'{{company.name}}\r\nBcc: all@x.example";
    model.put("contact", Map.of("name", hostile));
    model.put("document", Map.of("number", hostile, "kind_label", hostile));
    model.put(
        "company", Map.of("name", hostile, "colour", "red;}</style><script>", "address", hostile));
    Content content = render("invoice", Locale.ENGLISH, model);
    var page = Jsoup.parse(content.html());
    assertThat(page.select("img,script,a")).isEmpty();
    assertThat(page.select("[onerror]")).isEmpty();
    assertThat(page.text()).contains("<img src=x onerror=alert(1)>", "{{company.name}}");
    assertThat(content.subject()).doesNotContain("\r", "\n").contains("{{company.name}}");
  }

  @Test
  void subjectIsOneShortLine() {
    Map<String, Object> model = SampleModels.full();
    model.put("document", Map.of("number", "😀".repeat(400) + "\u0000\u2028\u202e"));
    String subject = render("invoice", Locale.ENGLISH, model).subject();
    assertThat(subject).hasSizeLessThanOrEqualTo(255).endsWith("…");
    assertThat(
            subject
                .codePoints()
                .noneMatch(point -> Character.getType(point) == Character.SURROGATE))
        .isTrue();
    assertThat(subject).doesNotMatch(".*[\\p{Cntrl}\u2028\u202e].*");
  }

  @Test
  void loadsNothingFromElsewhere() {
    String html = render("reminder", Locale.ENGLISH, SampleModels.full()).html();
    assertThat(html).doesNotContain("src=", "url(", "@import", "<link", "http://", "https://");
  }

  private Content render(String purpose, Locale language, Map<String, Object> model) {
    return templates.render(new Wish("com_1", purpose, null, null, language, model));
  }
}
