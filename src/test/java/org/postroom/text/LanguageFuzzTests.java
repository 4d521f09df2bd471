package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random texts. A seed given with -Dpostroom.seed repeats a run. */
@Timeout(120)
class LanguageFuzzTests {
  private static final int ROUNDS = Integer.getInteger("postroom.rounds", 5_000);
  private static final String[] PIECES = {
    "{{",
    "}}",
    "{",
    "}",
    "#",
    "/",
    "^",
    "else",
    "else if ",
    "if ",
    "each ",
    "with ",
    "unless ",
    " ",
    "\n",
    "~",
    "!",
    "!--",
    "--",
    "(",
    ")",
    "\"",
    "'",
    "\\",
    "[",
    "]",
    "..",
    "../",
    "./",
    ".",
    "this",
    "@index",
    "@key",
    "@root",
    "|",
    "=",
    "document",
    ".lines",
    ".due",
    ".number",
    "document.due",
    "document.lines",
    "company.name",
    "contact.name",
    "document.fields.x",
    "document.fields.[a b]",
    "money ",
    "date ",
    "number ",
    "default ",
    "required ",
    "eq ",
    "and ",
    "not ",
    "gt ",
    "1",
    "-7",
    "true",
    "class",
    "getClass",
    ">",
    "&",
    "*",
    "<b>",
    "ä",
    "\u0000",
    "\uD83D\uDE00",
    "\uD83D",
    "{{#if document.due}}",
    "{{/if}}",
    "{{#each document.lines}}",
    "{{/each}}",
    "{{else}}",
    "{{sku}}",
    "{{#with document}}",
    "{{/with}}",
    "{{document.number}}",
    "{{^}}",
    "{{! x }}",
    "constructor",
    "as ",
    "as |x|",
    "-",
    "_",
    "a-b",
    "__proto__",
    "\t",
    "\r\n"
  };

  @Test
  void whatIsAcceptedCanBeFilledIn() {
    long seed = Long.getLong("postroom.seed", System.nanoTime());
    System.out.println("LanguageFuzzTests seed " + seed);
    Random random = new Random(seed);
    Plain model = Plain.of(model());
    int accepted = 0;
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      String source = random.nextInt(3) == 0 ? mutated(random) : pieces(random);
      List<Trouble> troubles = Vocabulary.check(source, Scope.MAIL);
      troubles.forEach(trouble -> assertInside(source, trouble));
      if (troubles.isEmpty()) accepted++;
      fill(source, model, troubles);
    }
    assertThat(accepted).isGreaterThan(ROUNDS / 100);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(100));
  }

  private static void fill(String source, Plain model, List<Trouble> troubles) {
    try {
      String filled = Text.of(source, Output.HTML).fill(model, Locale.US);
      assertThat(filled)
          .as(source)
          .doesNotContain("java.", "org.postroom", "handlebars", "HASH@", "{x=");
    } catch (BadText bad) {
      assertThat(troubles).as("accepted, yet: " + bad.getMessage() + "\n" + source).isNotEmpty();
      assertThat(bad.line()).as(source + " → " + bad.getMessage()).isPositive();
    }
  }

  private static void assertInside(String source, Trouble trouble) {
    String[] lines = source.split("\r\n|\r|\n", -1);
    assertThat(trouble.line()).as(source).isBetween(1, lines.length);
    assertThat(trouble.column())
        .as(source + trouble)
        .isBetween(1, lines[trouble.line() - 1].length() + 2);
    assertThat(trouble.message()).isNotBlank().doesNotContain("\n");
  }

  private static String pieces(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(14) + 1; i > 0; i--)
      text.append(PIECES[random.nextInt(PIECES.length)]);
    return text.toString();
  }

  /** A good text with one to three small changes. */
  private static String mutated(Random random) {
    StringBuilder text =
        new StringBuilder(
            "Hi {{default contact.name \"there\"}}, {{#if (and document.due (not links.pay))}}{{money document.due"
                + " document.currency}}{{else if links.pay}}{{links.pay}}{{else}}-{{/if}}\n{{#each document.lines}}{{@index}}"
                + " {{sku}}{{#if ../document.due}}{{date date}}{{/if}}{{document.fields.[a b]}}{{/each}}{{required document.due_date}}");
    for (int i = random.nextInt(3) + 1; i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> text.delete(at, Math.min(text.length(), at + random.nextInt(6)));
      }
    }
    return text.toString();
  }

  private static Map<String, Object> model() {
    List<Object> lines =
        new ArrayList<>(List.of(Map.of("sku", "A", "date", "2026-01-01"), Map.of("sku", "<b>")));
    return Map.of(
        "document",
            Map.of(
                "number",
                "1",
                "due",
                "5.00",
                "currency",
                "EUR",
                "lines",
                lines,
                "fields",
                Map.of("x", Map.of("x", "1"), "a b", "2")),
        "company", Map.of("name", "Acme", "address", List.of("a", "b")),
        "contact", Map.of("name", "<script>"));
  }
}
