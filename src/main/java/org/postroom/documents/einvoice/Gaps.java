package org.postroom.documents.einvoice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an e-invoice needs and the document does not say or contradicts, in plain sentences. */
final class Gaps {
  private static final int MOST = 20;
  private final List<String> sentences = new ArrayList<>();

  void tell(String sentence) {
    if (!sentences.contains(sentence)) sentences.add(sentence);
  }

  /** The value, or a sentence and a stand-in where there is none. */
  <T> T need(@Nullable T value, T standIn, String sentence) {
    if (value != null) return value;
    tell(sentence);
    return standIn;
  }

  boolean none() {
    return sentences.isEmpty();
  }

  List<String> sentences() {
    if (sentences.size() <= MOST) return List.copyOf(sentences);
    List<String> first = new ArrayList<>(sentences.subList(0, MOST));
    first.add("And " + (sentences.size() - MOST) + " more.");
    return first;
  }
}
