package org.postroom.documents;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A file of the company that goes along with kinds of documents by itself, such as terms and
 * conditions.
 *
 * @param id {@code sfl_…}, in the order they were added
 * @param kinds it goes along with; none: only where a rule or a person says so
 * @param languages of the mails it goes along with, BCP 47 such as {@code de}; none: all
 * @param size in bytes
 */
public record StandingFile(
    String id,
    String name,
    String contentType,
    long size,
    List<DocumentKind> kinds,
    List<String> languages,
    Instant addedAt,
    Instant changedAt) {

  public StandingFile {
    kinds = List.copyOf(kinds);
    languages = List.copyOf(languages);
  }

  /** "4 bytes", "12.0 KB", "3.1 MB": for people. */
  public String sizeWords() {
    return DocumentFile.words(size);
  }

  /**
   * Whether it goes along with such documents in that language: {@code de} serves {@code de-AT}.
   */
  boolean goesWith(DocumentKind kind, Locale language) {
    return kinds.contains(kind)
        && (languages.isEmpty() || languages.stream().anyMatch(tag -> serves(tag, language)));
  }

  private static boolean serves(String tag, Locale language) {
    Locale offered = Locale.forLanguageTag(tag);
    return offered.getLanguage().equals(language.getLanguage())
        && (offered.getCountry().isEmpty() || offered.getCountry().equals(language.getCountry()));
  }
}
