package org.postroom.findings;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;

/** All that is known, ready to be compared with what was heard. */
final class Catalogue {
  private final List<Row> rows;
  private final Map<String, String> otherNames;
  private final List<Provider> providers;
  private final List<Match> inOrder;
  private final Cures cures;

  Catalogue(List<Row> rows, Map<String, String> otherNames, List<Provider> providers, Cures cures) {
    this.rows = List.copyOf(rows);
    this.otherNames = Map.copyOf(otherNames);
    this.providers = List.copyOf(providers);
    this.cures = cures;
    this.inOrder = inOrder(this.rows);
  }

  static Catalogue read() {
    return new CatalogueFiles().catalogue();
  }

  /**
   * A row and the sign that gave it away.
   *
   * @param place of the row in the files
   */
  record Match(Row row, Sign sign, int place) {
    /** Whether a lost answer came with familiar words or not: nobody knows whether it went. */
    boolean may(Heard heard) {
      boolean lost = heard.symptom().kind() == FailureKind.ANSWER_LOST;
      return !lost || action() == Action.UNK;
    }

    Action action() {
      return Objects.requireNonNullElse(sign.action(), row.action());
    }
  }

  Optional<Match> match(Heard heard) {
    return inOrder.stream()
        .filter(match -> match.may(heard) && match.sign().fits(heard))
        .findFirst();
  }

  Optional<Row> row(String id) {
    String real = otherNames.getOrDefault(id, id);
    return rows.stream().filter(row -> row.id().equals(real)).findFirst();
  }

  List<Row> rows() {
    return rows;
  }

  List<Provider> providers() {
    return providers;
  }

  List<Fix> fixes(Row row, Heard heard, Map<String, String> values, Sentences.Text text) {
    return row.fixes().stream()
        .map(name -> cures.fix(name, heard, values, text))
        .filter(Objects::nonNull)
        .map(Catalogue::given)
        .toList();
  }

  private static Fix given(@Nullable Fix fix) {
    return Objects.requireNonNull(fix);
  }

  /** The most telling sign first; of equals: unmistakable words, the narrower, the earlier. */
  private static List<Match> inOrder(List<Row> rows) {
    return IntStream.range(0, rows.size())
        .boxed()
        .flatMap(place -> matches(rows.get(place), place))
        .sorted(
            Comparator.comparing((Match match) -> match.sign().weight())
                .thenComparing(match -> match.sign().says() == null)
                .thenComparing(match -> -match.sign().narrowness())
                .thenComparing(Match::place))
        .toList();
  }

  private static Stream<Match> matches(Row row, int place) {
    return row.signs().stream().map(sign -> new Match(row, sign, place));
  }
}
