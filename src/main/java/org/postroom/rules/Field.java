package org.postroom.rules;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something rules can ask for.
 *
 * @param path into the facts; lines' fields begin with {@code document.lines[]}
 * @param words as people call it, in the middle of a sentence
 */
public record Field(String path, String words, Type type) {
  /** Where a line's fields begin. */
  static final String LINES = "document.lines[]";

  private static final Pattern OWN =
      Pattern.compile(
          "(document\\.fields|document\\.references|document\\.lines\\[]\\.fields|partner\\.attributes)"
              + "(\\.[\\p{L}\\p{N}_ -]{1,60}){1,5}");

  /** All that have a name of their own. */
  public static final List<Field> KNOWN = known();

  /** What values a field has, and so what it can be compared by. */
  public enum Type {
    TEXT(EnumSet.range(Operator.IS, Operator.IS_NOT_EMPTY)),
    NUMBER(numbers()),
    /** A number in the document's currency. */
    AMOUNT(numbers()),
    DATE(
        EnumSet.of(
            Operator.IS,
            Operator.IS_NOT,
            Operator.BEFORE,
            Operator.AFTER,
            Operator.WITHIN_NEXT_DAYS,
            Operator.WITHIN_PAST_DAYS,
            Operator.IS_EMPTY,
            Operator.IS_NOT_EMPTY)),
    FLAG(EnumSet.of(Operator.IS_TRUE, Operator.IS_FALSE)),
    /** A company's own field, which may hold anything. */
    OWN(EnumSet.allOf(Operator.class)),
    /** The lines themselves. */
    LINES(numbers());

    private final Set<Operator> operators;

    Type(Set<Operator> operators) {
      this.operators = operators;
    }

    public List<Operator> operators() {
      return List.copyOf(operators);
    }

    private static Set<Operator> numbers() {
      Set<Operator> numbers = EnumSet.range(Operator.LESS_THAN, Operator.AT_LEAST);
      numbers.addAll(
          Set.of(Operator.IS, Operator.IS_NOT, Operator.IS_EMPTY, Operator.IS_NOT_EMPTY));
      return numbers;
    }
  }

  /** The field of that path: a known one, or a company's own. */
  public static Optional<Field> of(String path) {
    for (Field field : KNOWN) if (field.path.equals(path)) return Optional.of(field);
    return OWN.matcher(path).matches()
        ? Optional.of(new Field(path, own(path), Type.OWN))
        : Optional.empty();
  }

  public static List<String> paths() {
    return KNOWN.stream().map(Field::path).toList();
  }

  public boolean ofLines() {
    return path.startsWith(LINES);
  }

  /** What it can be compared by, its lines taken as said. */
  public List<Operator> operators(Condition.@Nullable Over over) {
    return (isNumeric(over) ? Type.LINES : type).operators();
  }

  /** Whether what is compared is a number. */
  boolean isNumeric(Condition.@Nullable Over over) {
    boolean counted = over == Condition.Over.SUM || over == Condition.Over.COUNT;
    return counted || type == Type.NUMBER || type == Type.AMOUNT || type == Type.LINES;
  }

  /** Whether what is compared is an amount of money. */
  boolean isAmount(Condition.@Nullable Over over) {
    return type == Type.AMOUNT && over != Condition.Over.COUNT;
  }

  private static String own(String path) {
    if (path.startsWith(LINES)) return "own field “" + path.substring(LINES.length() + 8) + "”";
    String[] parts = path.split("\\.", 3);
    return switch (parts[1]) {
      case "fields" -> "the document’s own field “" + parts[2] + "”";
      case "references" -> "the document’s reference “" + parts[2] + "”";
      default -> "the partner’s attribute “" + parts[2] + "”";
    };
  }

  private static List<Field> known() {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("purpose", "the purpose of the mail", Type.TEXT));
    text(fields, "document.kind", "the kind of document");
    text(fields, "document.number", "the document’s number");
    text(fields, "document.currency", "the document’s currency");
    fields.add(new Field("document.issue_date", "the document’s date", Type.DATE));
    fields.add(new Field("document.due_date", "the due date", Type.DATE));
    fields.add(new Field("document.delivery_date", "the delivery date", Type.DATE));
    amount(fields, "document.net", "the net amount");
    amount(fields, "document.tax", "the tax");
    amount(fields, "document.gross", "the gross amount");
    amount(fields, "document.paid", "the amount paid");
    amount(fields, "document.due", "the amount due");
    text(fields, "document.bill_to.country", "the bill-to country");
    text(fields, "document.ship_to.country", "the ship-to country");
    text(fields, "partner.ref", "the partner’s key");
    text(fields, "partner.name", "the partner’s name");
    text(fields, "partner.language", "the partner’s language");
    text(fields, "partner.currency", "the partner’s currency");
    text(fields, "partner.type", "the partner’s type, customer or vendor,");
    text(fields, "contact.name", "the contact’s name");
    fields.add(new Field(LINES, "lines", Type.LINES));
    text(fields, LINES + ".description", "description");
    text(fields, LINES + ".sku", "item number");
    text(fields, LINES + ".unit", "unit");
    fields.add(new Field(LINES + ".quantity", "quantity", Type.NUMBER));
    amount(fields, LINES + ".unit_price", "price");
    amount(fields, LINES + ".amount", "amount");
    return List.copyOf(fields);
  }

  private static void text(List<Field> fields, String path, String words) {
    fields.add(new Field(path, words, Type.TEXT));
  }

  private static void amount(List<Field> fields, String path, String words) {
    fields.add(new Field(path, words, Type.AMOUNT));
  }
}
