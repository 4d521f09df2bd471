package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies as servers give them, each with the finding it must lead to. */
class ReplayTests {
  private static final Findings FINDINGS = new Findings();

  /** Found without any reply: by looking at settings, scopes or the mail that arrived. */
  private static final Set<String> WITHOUT_REPLY = Set.of("N11", "X35", "X37", "H11");

  static Stream<KnownReply> replies() {
    return KnownReply.all();
  }

  @ParameterizedTest
  @MethodSource("replies")
  void recognisesTheReply(KnownReply known) {
    Finding finding = FINDINGS.explain(known.symptom());
    assertThat(finding.id()).isEqualTo(known.id());
    if (known.unlike() != null) assertThat(known.unlike()).doesNotContain(finding.id());
    assertReadable(finding);
    assertReadable(FINDINGS.explain(known.symptom(), Locale.GERMAN));
  }

  @Test
  void knowsEachOfTheFindingsOnce() {
    List<String> ids = FINDINGS.all().stream().map(Finding::id).toList();
    assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(table());
    assertThat(ids).hasSize(201);
  }

  @Test
  void everyFindingHasAReplyThatLeadsToItAndOneThatOnlyLooksAlike() {
    Set<String> reached = KnownReply.all().map(KnownReply::id).collect(Collectors.toSet());
    Set<String> looksAlike =
        KnownReply.all()
            .filter(known -> known.unlike() != null)
            .flatMap(known -> known.unlike().stream())
            .collect(Collectors.toSet());
    Set<String> expected = new HashSet<>(table());
    expected.removeAll(WITHOUT_REPLY);
    assertThat(reached).containsAll(expected);
    assertThat(looksAlike.size()).isGreaterThan(100);
  }

  @Test
  void everyFindingCanBeReadWithoutAFailure() {
    FINDINGS.all().forEach(ReplayTests::assertReadable);
    FINDINGS.all(Locale.GERMAN).forEach(ReplayTests::assertReadable);
    for (String id : table()) assertThat(FINDINGS.find(id)).isPresent();
    assertThat(FINDINGS.find("Z99")).isEmpty();
    assertThat(FINDINGS.find("S2").orElseThrow().id()).isEqualTo("W04");
  }

  private static void assertReadable(Finding finding) {
    List<String> sentences = new ArrayList<>(finding.steps());
    sentences.add(finding.what());
    finding.fixes().forEach(fix -> sentences.add(fix.label()));
    assertThat(finding.steps()).isNotEmpty();
    for (String sentence : sentences)
      assertThat(sentence).isNotBlank().doesNotContain("{", "}", "null", "  ");
    assertThat(finding.what()).endsWith(".");
    for (Fix fix : finding.fixes())
      assertThat(fix.change().values()).noneMatch(value -> value.contains("{"));
  }

  /** The ids of the table, group by group. */
  private static List<String> table() {
    return Stream.of(
            ids("N", 11),
            ids("T", 11),
            ids("E", 2),
            ids("A", 12),
            ids("M", 26),
            ids("G", 20),
            ids("O", 19),
            ids("R", 13),
            ids("X", 37),
            ids("P", 19),
            ids("H", 11),
            ids("W", 20))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> ids(String letter, int last) {
    return IntStream.rangeClosed(1, last)
        .mapToObj(number -> String.format(Locale.ROOT, "%s%02d", letter, number))
        .toList();
  }
}
