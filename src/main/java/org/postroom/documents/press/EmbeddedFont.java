package org.postroom.documents.press;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A subset of a face as it stands in a PDF (ISO 32000-1, 9.7: Type 0 with glyph numbers as codes),
 * everything compressed and written once: its program, widths, and the text its glyphs mean.
 */
record EmbeddedFont(
    String name, Face.Box box, byte[] program, int size, String widths, byte[] text) {

  /** The first character of each alphabet names its glyph; "space" is not the no-break space. */
  static EmbeddedFont ofAlphabets(Face face, int bits) {
    TreeMap<Integer, String> meanings = new TreeMap<>();
    Alphabet.characters(bits).stream()
        .filter(point -> face.glyph(point) != 0)
        .forEach(point -> meanings.putIfAbsent(face.glyph(point), Character.toString(point)));
    return of(face, meanings, Deflated::tightly);
  }

  /**
   * For one document.
   *
   * @param meanings text of each glyph in use
   */
  static EmbeddedFont of(Face face, TreeMap<Integer, String> meanings) {
    return of(face, meanings, bytes -> Deflated.quickly(bytes, bytes.length));
  }

  private static EmbeddedFont of(
      Face face, TreeMap<Integer, String> meanings, UnaryOperator<byte[]> deflated) {
    BitSet glyphs = new BitSet();
    meanings.keySet().forEach(glyphs::set);
    byte[] program = face.program().subset(glyphs);
    String name = tag(glyphs) + "+" + face.name();
    return new EmbeddedFont(
        name,
        face.box(),
        deflated.apply(program),
        program.length,
        widths(face, meanings),
        deflated.apply(toUnicode(meanings)));
  }

  /** Writes its objects and returns the font's number. */
  int writeTo(PdfFile file) {
    int program = file.stream("/Length1 " + size, this.program);
    int descriptor =
        file.object(
            String.format(
                Locale.ROOT,
                "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0"
                    + "/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>",
                name,
                box.left(),
                box.bottom(),
                box.right(),
                box.top(),
                box.ascent(),
                box.descent(),
                box.capHeight(),
                program));
    int outlines =
        file.object(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/"
                + name
                + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                + "/CIDToGIDMap/Identity/FontDescriptor "
                + descriptor
                + " 0 R"
                + widths
                + ">>");
    int meanings = file.stream("", text);
    return file.object(
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/"
            + name
            + "/DescendantFonts["
            + outlines
            + " 0 R]/ToUnicode "
            + meanings
            + " 0 R>>");
  }

  /** Six letters that differ for different subsets (ISO 32000-1, 9.6.4). */
  private static String tag(BitSet glyphs) {
    long rest = Integer.toUnsignedLong(glyphs.hashCode());
    StringBuilder tag = new StringBuilder();
    for (int i = 0; i < 6; i++, rest /= 26) tag.append((char) ('A' + rest % 26));
    return tag.toString();
  }

  private static String widths(Face face, Map<Integer, String> meanings) {
    StringBuilder widths = new StringBuilder("/DW ").append(face.width(0)).append("/W[");
    int next = -1;
    for (int glyph : meanings.keySet()) {
      if (glyph != next) widths.append(next < 0 ? "" : "]").append(glyph).append('[');
      else widths.append(' ');
      widths.append(face.width(glyph));
      next = glyph + 1;
    }
    return widths.append(next < 0 ? "]" : "]]").toString();
  }

  /** A CMap from glyphs to text (Adobe Technical Note 5411). */
  private static byte[] toUnicode(Map<Integer, String> meanings) {
    StringBuilder map =
        new StringBuilder(
            """
            /CIDInit/ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
            /CMapName/Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000><ffff>
            endcodespacerange
            """);
    int left = meanings.size();
    int inBlock = 0;
    for (Map.Entry<Integer, String> meaning : meanings.entrySet()) {
      if (inBlock == 0) {
        inBlock = Math.min(100, left);
        map.append(inBlock).append(" beginbfchar\n");
      }
      map.append(String.format(Locale.ROOT, "<%04x><", meaning.getKey()));
      for (char unit : meaning.getValue().toCharArray()) map.append(hex(unit));
      map.append(">\n");
      left--;
      if (--inBlock == 0) map.append("endbfchar\n");
    }
    map.append("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    return map.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(char unit) {
    return String.format(Locale.ROOT, "%04x", (int) unit);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
