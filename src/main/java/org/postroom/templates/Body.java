package org.postroom.templates;

import org.jspecify.annotations.Nullable;

/** What a template says. Every text may hold placeholders. */
public sealed interface Body {
  /** One line. */
  String subject();

  /**
   * Words alone; where they stand and how they look is ours, and the same in every mail program.
   *
   * @param preheader what mailboxes show beside the subject; empty: the start of the mail
   * @param heading the large line at the top; empty: none
   * @param greeting empty: none
   * @param message paragraphs with empty lines between; {@code **strong**}, {@code *emphasis*} and
   *     {@code [words](https://…)} are understood
   * @param button words on the button that leads to paying or approving; empty: the built-in ones
   * @param closing the paragraph after amount and button; empty: none
   */
  record Simple(
      String subject,
      String preheader,
      String heading,
      String greeting,
      String message,
      String button,
      String closing,
      Signature signature,
      Blocks blocks)
      implements Body {}

  /**
   * The whole mail as HTML of one's own.
   *
   * @param html cleaned before it leaves: no scripts, no forms, nothing loaded by itself
   * @param text for readers without HTML; null: made from the HTML
   */
  record Html(String subject, String html, @Nullable String text) implements Body {}

  /**
   * What stands under the mail.
   *
   * @param on whether anything does
   * @param text lines
   */
  record Signature(boolean on, String text) {}

  /**
   * What is shown beside the words, each where the document has it.
   *
   * @param amountBox number, date and amount
   * @param itemTable the lines
   * @param payButton the button that leads to paying or approving
   * @param bankDetails where to transfer to
   */
  record Blocks(boolean amountBox, boolean itemTable, boolean payButton, boolean bankDetails) {
    public static final Blocks USUAL = new Blocks(true, false, true, false);
  }
}
