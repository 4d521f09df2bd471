package org.postroom.documents;

/** What putting a document did. */
public record Stored(Change change, StoredDocument document) {
  public enum Change {
    CREATED,
    UPDATED,
    UNCHANGED
  }
}
