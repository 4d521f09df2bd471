package org.postroom.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.diagnosis.CheckStage.Result;
import org.postroom.findings.Finding;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A check as it is kept: what it told, in one text. */
record CheckReport(
    long millis,
    String testTo,
    List<Line> stages,
    @Nullable Finding finding,
    List<Advice> advice,
    List<String> talk) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  record Line(
      String name,
      String label,
      Result result,
      @Nullable Long millis,
      @Nullable String evidence,
      String sentence) {
    static Line of(CheckStage stage) {
      Duration took = stage.took();
      return new Line(
          stage.name(),
          stage.label(),
          stage.result(),
          took == null ? null : took.toMillis(),
          stage.evidence(),
          stage.sentence());
    }

    CheckStage stage() {
      Duration took = millis == null ? null : Duration.ofMillis(millis);
      return new CheckStage(name, label, result, took, evidence, sentence);
    }
  }

  static String write(Check check) {
    return JSON.writeValueAsString(
        new CheckReport(
            check.took().toMillis(),
            check.testTo(),
            check.stages().stream().map(Line::of).toList(),
            check.finding(),
            check.advice(),
            check.talk()));
  }

  static Check read(String text, String id, String account, long version, Instant at) {
    CheckReport report = JSON.readValue(text, CheckReport.class);
    return new Check(
        id,
        account,
        version,
        at,
        Duration.ofMillis(report.millis()),
        report.testTo(),
        report.stages().stream().map(Line::stage).toList(),
        report.finding(),
        report.advice(),
        report.talk());
  }
}
