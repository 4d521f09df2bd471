package org.postroom.documents;

import java.time.Instant;
import java.util.List;
import org.postroom.documents.own.Design;

/**
 * A layout of the company's own, as one of its versions has it.
 *
 * @param id {@code lay_…}
 * @param kinds of documents it can print
 * @param active whether it can be chosen
 * @param version grows with each change; the API's ETag
 * @param savedAt when this version was made
 * @param savedBy name of who made it
 */
public record OwnLayout(
    String company,
    String id,
    String name,
    List<DocumentKind> kinds,
    boolean active,
    Design design,
    long version,
    Instant createdAt,
    Instant savedAt,
    String savedBy) {
  public static final String PREFIX = "lay_";

  public OwnLayout {
    kinds = List.copyOf(kinds);
  }

  public LayoutDraft draft() {
    return new LayoutDraft(name, kinds, active, design);
  }

  public String css() {
    return design.css();
  }

  public String html() {
    return design.html();
  }

  /** For choice lists. */
  Layout choice() {
    return new Layout(id, name, kinds);
  }
}
