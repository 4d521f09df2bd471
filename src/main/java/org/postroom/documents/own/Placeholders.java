package org.postroom.documents.own;

import java.util.List;
import org.postroom.text.Scope;
import org.postroom.text.Trouble;
import org.postroom.text.Vocabulary;

/** What the language of texts says against a page. */
final class Placeholders {
  private static final int MOST_FAULTS = 20;

  private Placeholders() {}

  static List<Fault> check(String html) {
    return Vocabulary.check(html, Scope.LAYOUT).stream()
        .limit(MOST_FAULTS)
        .map(Placeholders::fault)
        .toList();
  }

  private static Fault fault(Trouble trouble) {
    return new Fault(
        "html", trouble.line(), trouble.column(), trouble.code(), trouble.message());
  }
}
