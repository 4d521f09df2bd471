package org.postroom.documents.layout;

import java.util.Locale;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.w3c.dom.Element;

/** Everything the parts of one page need while they are written. */
record Sheet(
    Markup markup,
    Document document,
    Company company,
    Parties parties,
    Wording words,
    Figures figures,
    boolean hasLogo) {

  static Sheet of(Document document, Company company, Locale locale, boolean hasLogo) {
    return new Sheet(
        new Markup(),
        document,
        company,
        Parties.of(document, company),
        Wording.in(locale),
        new Figures(locale, document.currency()),
        hasLogo);
  }

  /** Writes what is on the page, top to bottom. */
  void writeBody() {
    markup.root().setAttribute("lang", words.language());
    Element body = markup.add(markup.root(), "body");
    Foot.write(this, body);
    Letterhead.write(this, body);
    LineTable.write(this, body);
    if (document.kind().priced()) Sums.write(this, body);
    Closing.write(this, body);
  }

  /** The head comes last: which fonts the style needs is known from the text. */
  void writeHead(String css) {
    Element head = markup.first(markup.root(), "head");
    markup.text(head, "title", "", title());
    markup.style(head, css);
  }

  /** "Invoice INV-2026-0412". */
  String title() {
    return words.of("kind." + document.kind().word()) + " " + document.number();
  }

  String word(String key) {
    return words.of(key);
  }

  /** The word for this kind of document, where it differs from the general one. */
  String kindWord(String key) {
    return words.of(key, document.kind().word());
  }
}
