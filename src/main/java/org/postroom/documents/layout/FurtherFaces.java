package org.postroom.documents.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.documents.press.Face;
import org.postroom.documents.press.TypeCase;

/** Faces of this machine's fonts, parsed once and kept while they are in use. */
final class FurtherFaces {
  private static final int KEPT = 12;

  private final FontShelf shelf;
  private final Map<String, Face> faces =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Face> eldest) {
          return size() > KEPT;
        }
      };

  private FurtherFaces(FontShelf shelf) {
    this.shelf = shelf;
  }

  /** The bundled typeface, and the shelf for what it lacks. */
  static TypeCase typeCase(FontShelf shelf) {
    return new TypeCase(
        Face.of(Typefaces.bundledFile("Roboto-Regular.ttf")),
        Face.of(Typefaces.bundledFile("Roboto-Medium.ttf")),
        new FurtherFaces(shelf)::covering);
  }

  private List<Face> covering(BitSet characters) {
    List<Face> found = new ArrayList<>();
    for (FontFile file : shelf.covering(characters)) found.add(face(file));
    return found;
  }

  private synchronized Face face(FontFile file) {
    return faces.computeIfAbsent(file.toString(), name -> Face.of(Typefaces.file(file)));
  }
}
