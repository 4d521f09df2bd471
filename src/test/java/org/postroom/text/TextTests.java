package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTests {

  /** Something with methods and properties that a text must not reach. */
  public static final class Machine {
    public String getSecret() {
      return "s3cret";
    }

    @Override
    public String toString() {
      return "a machine";
    }
  }

  @Test
  void fillsInMapsListsAndConditions() {
    String text = "{{#each lines}}{{@index}}={{name}}{{#unless @first}}!{{/unless}} {{/each}}";
    assertThat(text(text, Map.of("lines", List.of(Map.of("name", "a"), Map.of("name", "b")))))
        .isEqualTo("0=a 1=b! ");
    assertThat(text("{{#if a}}yes{{else if b}}b{{else}}no{{/if}}", Map.of("b", true)))
        .isEqualTo("b");
    assertThat(
            text(
                "{{#if (and a (not b))}}1{{/if}}{{#if (or b (eq a \"x\"))}}2{{/if}}",
                Map.of("a", "x")))
        .isEqualTo("12");
  }

  @Test
  void writesMoneyExactlyAndByTheCurrency() {
    String text = "{{money due currency}}";
    assertThat(text(text, Map.of("due", "1284.5", "currency", "EUR"))).isEqualTo("€1,284.50");
    assertThat(text(text, Map.of("due", "1200", "currency", "JPY"))).isEqualTo("¥1,200");
    assertThat(text(text, Map.of("due", "1.5", "currency", "BHD"))).isEqualTo("BHD\u00a01.500");
    assertThat(text(text, Map.of("due", "99999999999999999.01", "currency", "USD")))
        .isEqualTo("$99,999,999,999,999,999.01");
    assertThat(text(text, Map.of("due", "soon", "currency", "USD"))).isEqualTo("soon");
    assertThat(text("{{date d}} {{number n}}", Map.of("d", "2026-12-02", "n", "2.500")))
        .isEqualTo("December 2, 2026 2.5");
  }

  @Test
  void escapesValuesInHtml() {
    var compiled = Text.of("<p title=\"{{a}}\">{{a}}</p>", Output.HTML);
    String hostile = "<script>\"'&";
    assertThat(compiled.fill(Plain.of(Map.of("a", hostile)), Locale.ENGLISH))
        .doesNotContain("<script>", "\"'")
        .contains("&lt;script&gt;&quot;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{m.secret}}",
        "{{m.class}}",
        "{{m.class.classLoader}}",
        "{{m.getSecret}}",
        "{{m.class.name}}",
        "{{this.class}}",
        "{{lines.class}}",
        "{{lines.size}}",
        "{{s.bytes}}",
        "{{m.hashCode}}",
        "{{s.[class]}}"
      })
  void reachesNoClassesAndNoMethods(String text) {
    Map<String, Object> model = Map.of("m", new Machine(), "lines", List.of(1), "s", "word");
    assertThat(text(text, model)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{> other}}",
        "{{>/etc/passwd}}",
        "{{~> other}}",
        "{{#> layout}}{{/layout}}",
        "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}",
        "{{{raw}}}",
        "{{& raw}}",
        "{{~{raw}~}}",
        "{{=<% %>=}}<%& raw %>",
        "{{ = <% %> = }}",
        "{{{{raw}}}}x{{{{/raw}}}}",
        "{{include \"x\"}}",
        "{{#block \"x\"}}{{/block}}",
        "{{partial \"x\"}}",
        "{{embedded \"x\"}}",
        "{{log \"x\"}}",
        "{{lookup this \"class\"}}",
        "{{@root.class.module}}",
        "{{i18n \"x\"}}",
        "{{precompile \"x\"}}",
        "{{#lines}}x{{/lines}}",
        "{{^lines}}x{{/lines}}",
        "{{#if a}}x{{else lines}}y{{/if}}",
        "{{#if a}}",
        "{{* deco}}",
        "{{#each lines}}{{/if}}",
        "{{nobody 1}}",
        "{{"
      })
  void refusesWaysOutOfTheLanguageAndBrokenTexts(String text) {
    assertThatThrownBy(() -> text(text, Map.of("lines", List.of(1), "a", 1)))
        .isInstanceOf(BadText.class)
        .extracting(Throwable::getMessage)
        .asString()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void endsLoopsThatMultiply() {
    String text = "{{#each l}}{{#each ../l}}{{#each ../../l}}{{/each}}{{/each}}{{/each}}";
    Map<String, Object> model = Map.of("l", Collections.nCopies(1_000, "x"));
    assertThatThrownBy(() -> text(text, model)).hasMessage("The loops of this text run too often.");
  }

  @Test
  void endsTextsThatBecomeTooLong() {
    Map<String, Object> model = Map.of("s", "x".repeat(100_000), "l", Collections.nCopies(500, 1));
    assertThatThrownBy(() -> text("{{s}}".repeat(100), model))
        .hasMessage("This text becomes too long.");
    assertThatThrownBy(() -> text("{{#each l}}" + "x".repeat(10_000) + "{{/each}}", model))
        .hasMessage("This text becomes too long.");
  }

  @Test
  void refusesTextsThatAreTooLargeOrTooDeep() {
    assertThatThrownBy(() -> text("x".repeat(200_001), Map.of())).isInstanceOf(BadText.class);
    assertThatThrownBy(() -> text("{{a}}".repeat(5_001), Map.of())).isInstanceOf(BadText.class);
    String deep = "{{#if a}}".repeat(3_000) + "{{/if}}".repeat(3_000);
    assertThatThrownBy(() -> text(deep, Map.of("a", 1))).hasMessage("Blocks nest at most 20 deep.");
    String parentheses = "{{#if " + "(not ".repeat(5_000) + "a" + ")".repeat(5_000) + "}}{{/if}}";
    assertThatThrownBy(() -> text(parentheses, Map.of())).isInstanceOf(BadText.class);
  }

  private static String text(String text, Map<String, Object> model) {
    return Text.of(text, Output.TEXT).fill(Plain.of(model), Locale.US);
  }
}
