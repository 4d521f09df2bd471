package org.postroom.compose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.DocumentRef;

/**
 * Documents that somebody is about to add to the outbox together: theirs alone.
 *
 * @param results what became of them, null while they are not sent
 */
public record BulkDraft(
    String company, String id, String person, Wish wish, @Nullable List<Result> results) {

  /**
   * @param combine whether documents for the same people share a message
   * @param account for all that have none of their own; empty: by the rules; layout alike
   * @param later at {@code at} instead of now
   * @param at local date and time in the company's zone
   */
  public record Wish(
      List<Item> items, boolean combine, String account, String layout, boolean later, String at) {
    public Wish {
      items = List.copyOf(items);
    }
  }

  /**
   * One document; empty: by the rules.
   *
   * @param to addresses, one a line or with commas between
   */
  public record Item(
      String kind, String number, String to, String account, String template, String layout) {
    static Item of(DocumentRef document) {
      return new Item(document.kind(), document.number(), "", "", "", "");
    }

    public DocumentRef document() {
      return new DocumentRef(kind, number);
    }
  }

  /**
   * @param documents that went or did not go together
   * @param message id, null where it was refused
   * @param words what a person should know, empty where all is well
   */
  public record Result(List<DocumentRef> documents, @Nullable String message, String words) {
    public Result {
      documents = List.copyOf(documents);
    }
  }
}
