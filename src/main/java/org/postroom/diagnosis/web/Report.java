package org.postroom.diagnosis.web;

import java.util.Locale;
import org.postroom.diagnosis.Check;
import org.postroom.diagnosis.CheckStage;

/** A check as plain text, to be handed to somebody in IT. Secrets are masked already. */
final class Report {
  private Report() {}

  static String of(Check check, String email) {
    var text = new StringBuilder();
    text.append("Connection check of ").append(email).append(", ").append(check.at()).append('\n');
    text.append("Result: ").append(check.passed() ? "it can send" : "it cannot send");
    text.append(" (").append(check.took().toMillis()).append(" ms)\n\n");
    check.stages().forEach(stage -> text.append(line(stage)).append('\n'));
    var finding = check.finding();
    if (finding != null) {
      text.append("\n[").append(finding.id()).append("] ").append(finding.what()).append('\n');
      finding.steps().forEach(step -> text.append("- ").append(step).append('\n'));
    }
    check.advice().forEach(each -> text.append("\nAdvice: ").append(each.what()).append('\n'));
    if (!check.talk().isEmpty()) {
      text.append("\nThe conversation:\n");
      check.talk().forEach(said -> text.append(said).append('\n'));
    }
    return text.toString();
  }

  private static String line(CheckStage stage) {
    String took = stage.took() == null ? "" : " (" + stage.took().toMillis() + " ms)";
    String evidence = stage.evidence() == null ? "" : ": " + stage.evidence();
    String result = stage.result().word().replace('_', ' ').toUpperCase(Locale.ROOT);
    return result + "  " + stage.label() + took + evidence;
  }
}
