package org.postroom.documents;

/** Whoever waits for documents that were not known before. */
@FunctionalInterface
public interface DocumentArrival {
  /** Called in the transaction that stores a document for the first time. */
  void arrived(String company, DocumentKind kind, String number);
}
