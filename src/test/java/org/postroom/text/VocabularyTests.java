package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Plain words, even with } and }} and { in them.",
        "{{document.number}} {{ document.number }} {{~document.number~}} {{company.address}}",
        "{{money document.due document.currency}} {{date document.due_date}}",
        "{{#each document.lines}}{{description}} {{quantity}} {{@index}}{{#unless @last}},{{/unless}}{{/each}}",
        "{{#each document.lines}}{{document.number}} {{../document.number}} {{date}} {{this.amount}}{{/each}}",
        "{{#each document.lines}}{{fields.colour}} {{#each details}}{{this}}{{/each}}{{/each}}",
        "{{#each company.address}}{{this}} {{.}}{{/each}} {{document.lines.[0].sku}}",
        "{{#with document}}{{number}} {{currency}} {{company.name}}{{/with}}",
        "{{document.fields.any}} {{document.fields.[Cost center]}} {{document.fields.a.b.[0].c}}",
        "{{#each document.fields.list}}{{name}} {{this}}{{/each}}",
        "{{#each document.references}}{{@key}}: {{this}}{{else}}none{{/each}}",
        "{{#each statement.groups}}{{currency}}{{#each entries}}{{money amount currency}}{{/each}}{{/each}}",
        "{{#if (and document.due (not (eq document.currency \"EUR\")))}}a{{else if links.pay}}b{{else}}c{{/if}}",
        "{{#unless links.pay}}x{{^}}y{{/unless}}{{! a note }}{{!-- a {{note}} --}}",
        "{{required document.due_date}} {{date (required document.due_date)}}",
        "{{default contact.name \"there\"}} {{default contact.name 'there'}} {{#if (gt document.days_overdue 14)}}!{{/if}}",
        "{{\n  document.number\n}}"
      })
  void acceptsWhatIsPromised(String source) {
    assertThat(Vocabulary.check(source, Scope.MAIL)).isEmpty();
    assertThat(Text.of(source, Output.TEXT).fill(Plain.NOTHING, Locale.US)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{document.duedate}} | unknown_placeholder | document.due_date",
        "{{document.dueDate}} | unknown_placeholder | document.due_date",
        "{{due_date}} | unknown_placeholder | document.due_date",
        "{{duedate}} | unknown_placeholder | document.due_date",
        "{{invoice.number}} | unknown_placeholder | document.number",
        "{{custmer.name}} | unknown_placeholder | partner.name",
        "{{Document.Number}} | unknown_placeholder | document.number",
        "{{company.nmae}} | unknown_placeholder | company.name",
        "{{#each document.lines}}{{descripton}}{{/each}} | unknown_placeholder | description",
        "{{#each document.lines}}{{../descripton}}{{/each}} | unknown_placeholder |",
        "{{document.lines.sku}} | unknown_placeholder |",
        "{{xqzw}} | unknown_placeholder |",
        "{{@index}} | unknown_placeholder |",
        "{{../document.number}} | unknown_placeholder |",
        "{{mony document.due document.currency}} | unknown_word | money",
        "{{document.due document.currency}} | unreadable |",
        "{{money document.due}} | wrong_count |",
        "{{date}} | wrong_count |",
        "{{required 'x'}} | wrong_count |",
        "{{#foreach document.lines}}{{sku}}{{/foreach}} | unknown_block |",
        "{{#eech document.lines}}{{sku}}{{/eech}} | unknown_block | each",
        "{{#if document.due}} | not_closed |",
        "{{#if document.due}}{{/each}}{{/if}} | not_open |",
        "{{else}} | not_open |",
        "{{document.number | open_braces |",
        "{{document.number} and more | open_braces |",
        "{{! a note | open_braces |",
        "{{document.lines}} | not_a_value |",
        "{{document.references}} | not_a_value |",
        "{{document}} | not_a_value |",
        "{{#each document.number}}x{{/each}} | not_a_list |",
        "{{{document.number}}} | not_allowed |",
        "{{> file}} | not_allowed |",
        "{{money document.due currency=document.currency}} | not_allowed |",
        "{{#if document.due document.net}}x{{/if}} | wrong_count |",
        "{{}} | unreadable |",
        "{{document.}} | unreadable |",
        "{{'words'}} | unreadable |",
        "{{document.näme}} | unreadable |",
      })
  void saysWhatIsWrongAndWhatWasMeant(String source, String code, String nearest) {
    List<Trouble> troubles = Vocabulary.check(source, Scope.MAIL);
    assertThat(troubles).as(troubles.toString()).hasSize(1);
    assertThat(troubles.getFirst().code()).isEqualTo(code);
    assertThat(troubles.getFirst().nearest()).isEqualTo(nearest);
    assertThat(troubles.getFirst().message())
        .endsWith(nearest == null ? "" : "Did you mean " + nearest + "?");
  }

  @Test
  void refusesNamesOfOnesOwn() {
    String source = "{{#each document.lines as |line|}}{{sku}}{{/each}}";
    assertThat(Vocabulary.check(source, Scope.MAIL))
        .extracting(Trouble::code)
        .containsExactly("wrong_count");
  }

  @Test
  void tellsAllTroublesAtOnceWithLineAndColumn() {
    String source =
        "Hello {{contact.nam}},\r\n\r\n  {{#if document.due}}\n{{document.number\n"
            + "<b>{{company.name}}</b>\n\t{{money document.due document.curency}}\n{{#each document.lines}}";
    assertThat(Vocabulary.check(source, Scope.MAIL))
        .extracting(trouble ->
            trouble.line() + ":" + trouble.column() + " " + trouble.code() + " " + trouble.word())
        .containsExactly(
            "1:9 unknown_placeholder contact.nam",
            "3:3 not_closed if",
            "4:1 open_braces {{document.number",
            "6:23 unknown_placeholder document.curency",
            "7:1 not_closed each");
  }

  @Test
  void theSentenceOfTheBriefAndItsPlace() {
    Trouble trouble = Vocabulary.check("a\n b {{document.duedate}}", Scope.MAIL).getFirst();
    assertThat(trouble.sentence())
        .isEqualTo(
            "Line 2, column 6: There is no {{document.duedate}}. Did you mean document.due_date?");
  }

  @Test
  void badTextTellsItsPlace() {
    assertThatThrownBy(() -> Text.of("a\n{{#if x}}", Output.TEXT))
        .isInstanceOfSatisfying(
            BadText.class, bad -> assertThat(bad.line() + ":" + bad.column()).isEqualTo("2:1"));
  }

  @Test
  void knowsSenderAndLinksInMailsOnly() {
    assertThat(Vocabulary.check("{{sender.name}}{{links.pay}}", Scope.MAIL)).isEmpty();
    assertThat(Vocabulary.check("{{sender.name}}{{links.pay}}", Scope.LAYOUT)).hasSize(2);
  }

  @Test
  void everyPlaceholderCanBeInsertedAsItIs() {
    for (Scope scope : Scope.values()) {
      for (PlaceholderGroup group : Vocabulary.groups(scope)) {
        for (Placeholder placeholder : group.placeholders()) {
          String source = within(placeholder.within(), placeholder.insert());
          assertThat(Vocabulary.check(source, scope)).as(source).isEmpty();
          assertThat(placeholder.name()).isNotBlank();
          assertThat(placeholder.nameDe()).isNotBlank();
        }
      }
    }
  }

  /** Loops open step by step: {@code statement.groups.entries} is in two. */
  private static String within(String list, String insert) {
    if (list == null) return insert;
    if (!list.startsWith("statement.groups."))
      return "{{#each " + list + "}}" + insert + "{{/each}}";
    String inner = list.substring("statement.groups.".length());
    return "{{#each statement.groups}}{{#each " + inner + "}}" + insert + "{{/each}}{{/each}}";
  }

  @Test
  void notesWhatIsRequiredAndMissing() {
    Text text =
        Text.of(
            "{{required document.due_date}}{{#if a}}{{required contact.name}}{{/if}}"
                + "{{#each document.lines}}{{number (required quantity)}};{{/each}}{{required document.due_date}}",
            Output.TEXT);
    var lines = List.of(Map.of("quantity", "2"), Map.of("sku", "x"));
    Filled filled = text.filled(Plain.of(Map.of("document", Map.of("lines", lines))), Locale.US);
    assertThat(filled.text()).isEqualTo("2;;");
    assertThat(filled.missing()).containsExactly("document.due_date", "document.lines.quantity");
    assertThat(Text.of("{{required a}}", Output.HTML).filled(Plain.of(Map.of("a", "<")), Locale.US))
        .isEqualTo(new Filled("&lt;", List.of()));
  }

  @Test
  void saysSomethingElseWhereThereIsNothing() {
    Text text = Text.of("Hello {{default contact.name \"there\"}}", Output.HTML);
    assertThat(text.fill(Plain.NOTHING, Locale.US)).isEqualTo("Hello there");
    assertThat(text.fill(Plain.of(Map.of("contact", Map.of("name", "A & B"))), Locale.US))
        .isEqualTo("Hello A &amp; B");
  }

  @Test
  void aNameIsNeverTakenForAWordOfTheLanguage() {
    Text text = Text.of("{{#each l}}{{date}}|{{money}}|{{if}}{{/each}}", Output.TEXT);
    var line = Map.of("date", "2026-01-02", "money", "5", "if", "x");
    assertThat(text.fill(Plain.of(Map.of("l", List.of(line))), Locale.US))
        .isEqualTo("2026-01-02|5|x");
  }

  @Test
  void loopsOverTheErpsOwnNames() {
    Text text =
        Text.of(
            "{{#each r}}{{@key}}={{this}}{{#unless @last}}, {{/unless}}{{/each}} {{r}}|{{l}}",
            Output.TEXT);
    assertThat(
            text.fill(
                Plain.of(Map.of("r", Map.of("order", "7"), "l", List.of("a", "b"))), Locale.US))
        .isEqualTo("order=7 |a, b");
  }

  @Test
  void tellsEachPlaceholdersValueAsATextWritesIt() {
    Plain model =
        Plain.of(
            Map.of(
                "document",
                Map.of(
                    "due",
                    "1284.5",
                    "currency",
                    "EUR",
                    "due_date",
                    "2026-12-02",
                    "lines",
                    List.of(Map.of("sku", "K", "amount", "3"), Map.of()),
                    "fields",
                    Map.of("Cost center", "77")),
                "statement",
                Map.of(
                    "groups",
                    List.of(
                        Map.of(
                            "currency",
                            "USD",
                            "balance",
                            "5",
                            "entries",
                            List.of(Map.of("open", "4")))))));
    Map<String, String> values =
        Vocabulary.values(model, Scope.MAIL, Locale.US).stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    p -> p.placeholder().full(), Vocabulary.Present::value));
    assertThat(values)
        .containsEntry("document.due", "€1,284.50")
        .containsEntry("document.due_date", "December 2, 2026")
        .containsEntry("document.lines", "× 2")
        .containsEntry("document.lines.sku", "K")
        .containsEntry("document.lines.amount", "€3.00")
        .containsEntry("document.fields.[Cost center]", "77")
        .containsEntry("statement.groups.balance", "$5.00")
        .containsEntry("statement.groups.entries.open", "$4.00")
        .containsEntry("company.name", "");
  }
}
