package org.postroom.testkit;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The axe-core engine, run inside a page. */
final class Axe {
  private static final String SOURCE = source();
  private static final String RUN =
      """
      async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const found = await axe.run(document, {
          runOnly: { type: 'tag', values: tags },
          resultTypes: ['violations']
        });
        return found.violations.flatMap(rule => rule.nodes.map(node =>
          `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary} (${node.html})`));
      }
      """;

  private Axe() {}

  /** One sentence for each place that violates a rule. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Page page) {
    if (!(Boolean) page.evaluate("() => 'axe' in window")) page.evaluate(SOURCE);
    return (List<String>) page.evaluate(RUN);
  }

  private static String source() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) throw new IllegalStateException("axe.min.js is not on the class path.");
      // Ends in a plain value: what the script itself evaluates to cannot leave the page.
      return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "\n;true";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
