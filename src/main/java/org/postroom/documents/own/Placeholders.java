package org.postroom.documents.own;

import java.util.List;
import org.postroom.text.BadText;
import org.postroom.text.Output;
import org.postroom.text.Text;

/** What the language of texts says against a page. */
final class Placeholders {
  private Placeholders() {}

  static List<Fault> check(String html) {
    try {
      Text.of(html, Output.HTML);
      return List.of();
    } catch (BadText bad) {
      return List.of(new Fault("html", 0, 0, "bad_text", String.valueOf(bad.getMessage())));
    }
  }
}
