package org.postroom.documents.press;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The typeface of all documents, prepared once: its subsets are made, compressed and kept as they
 * go into PDFs. Further faces are asked for by the characters it lacks.
 */
public final class TypeCase {
  private final Face regular;
  private final Face bold;
  private final Function<BitSet, List<Face>> further;
  private final ConcurrentHashMap<Integer, EmbeddedFont> regulars = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, EmbeddedFont> bolds = new ConcurrentHashMap<>();

  /**
   * @param further the faces that have these characters, the same ones for the same characters
   */
  public TypeCase(Face regular, Face bold, Function<BitSet, List<Face>> further) {
    this.regular = regular;
    this.bold = bold;
    this.further = further;
  }

  /** For a document in the letters of the bundled typeface alone. */
  public Fonts fonts() {
    return new Fonts(this, List.of());
  }

  /** For a document with other characters as well. */
  public Fonts fonts(BitSet missing) {
    return new Fonts(this, further.apply(missing));
  }

  Face regular() {
    return regular;
  }

  Face bold() {
    return bold;
  }

  EmbeddedFont regular(int alphabets) {
    return regulars.computeIfAbsent(alphabets, bits -> EmbeddedFont.ofAlphabets(regular, bits));
  }

  EmbeddedFont bold(int alphabets) {
    return bolds.computeIfAbsent(alphabets, bits -> EmbeddedFont.ofAlphabets(bold, bits));
  }
}
