package org.postroom.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a rule applies. */
public sealed interface Condition {
  /** Always. */
  Condition ALWAYS = new All(List.of());

  /** Each of them holds; without any it always does. */
  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }
  }

  /** At least one of them holds. */
  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }
  }

  /** It does not hold. */
  record Not(Condition of) implements Condition {}

  /**
   * One comparison.
   *
   * @param field path into the facts, such as {@code document.gross} or {@code
   *     document.lines[].sku}
   * @param over how several lines are taken; null for fields that are no lines'
   * @param values what is compared with: none, one, or several for {@link Operator#IS_ONE_OF}
   * @param currency ISO 4217, of amounts: a document in another currency does not meet the
   *     comparison, whatever the operator
   */
  record Test(
      String field,
      @Nullable Over over,
      Operator operator,
      List<String> values,
      @Nullable String currency)
      implements Condition {
    public Test {
      values = List.copyOf(values);
    }
  }

  /** How the lines of a document are taken together. */
  enum Over {
    /** At least one line meets it. */
    ANY("any line’s"),
    /** There are lines, and each meets it. */
    ALL("every line’s"),
    /** The sum of the lines' numbers; lines without one count nothing. */
    SUM("the sum of the lines’"),
    /** How many lines have something there. */
    COUNT("the number of lines with");

    private final String words;

    Over(String words) {
      this.words = words;
    }

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Before the field's words in a sentence. */
    public String words() {
      return words;
    }
  }
}
