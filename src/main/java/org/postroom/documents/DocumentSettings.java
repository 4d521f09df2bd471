package org.postroom.documents;

/**
 * What a company has settled about all its documents.
 *
 * @param filename pattern of the PDFs' names, in the language of texts, without the ending
 */
public record DocumentSettings(Einvoicing einvoicing, String filename) {
  public static final DocumentSettings INITIAL =
      new DocumentSettings(Einvoicing.OFF, "{{document.kind_label}} {{document.number}}");

  DocumentSettings with(Einvoicing mode) {
    return new DocumentSettings(mode, filename);
  }

  DocumentSettings with(String pattern) {
    return new DocumentSettings(einvoicing, pattern);
  }
}
