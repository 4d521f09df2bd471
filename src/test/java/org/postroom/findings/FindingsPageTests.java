package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/findings.md is drawn from the data. Run with -Dpostroom.draw=true to draw it anew. */
class FindingsPageTests {
  private static final Path FILE = Path.of("docs/findings.md");
  private static final String START = "<!-- findings: drawn from the data -->\n";

  private final Findings findings = new Findings();

  /**
   * @param first the letter of its findings, or several
   */
  private record Group(String first, String heading) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group("NTE", "Network, encryption, greeting"),
          new Group("A", "Signing in, any server"),
          new Group("M", "Microsoft 365 by SMTP"),
          new Group("G", "Google by SMTP"),
          new Group("OR", "Other servers; sender, recipient, content"),
          new Group("X", "Signing in at Microsoft and Google"),
          new Group("PHW", "Microsoft Graph, Gmail API, Exchange"));

  @Test
  void theDocsAreTheDatasOwn() throws IOException {
    String page = Files.readString(FILE);
    String drawn = page.substring(0, page.indexOf(START)) + START + drawn();
    if (Boolean.getBoolean("postroom.draw")) Files.writeString(FILE, drawn);
    else assertThat(page).isEqualTo(drawn);
  }

  private String drawn() {
    var page = new StringBuilder();
    for (Group group : GROUPS) {
      page.append("\n## ").append(group.heading()).append('\n');
      findings.all().stream()
          .filter(finding -> group.first().indexOf(finding.id().charAt(0)) >= 0)
          .forEach(finding -> page.append(section(finding)));
    }
    return page.toString();
  }

  private String section(Finding finding) {
    var section = new StringBuilder();
    String anchor = finding.id().toLowerCase(Locale.ROOT);
    section.append(
        String.format(
            Locale.ROOT,
            "%n### <a id=\"%s\"></a>%s. %s%n%n",
            anchor,
            finding.id(),
            escaped(finding.what())));
    for (int i = 0; i < finding.steps().size(); i++)
      section.append(i + 1).append(". ").append(escaped(finding.steps().get(i))).append('\n');
    section.append("\nWho acts: ").append(findings.whoActs(finding.action())).append(".\n");
    return section.toString();
  }

  private static String escaped(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|").replace("_", "\\_");
  }
}
