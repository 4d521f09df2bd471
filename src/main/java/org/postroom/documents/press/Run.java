package org.postroom.documents.press;

/**
 * Glyphs of one face in the order they are drawn.
 *
 * @param font place of the face among the document's
 * @param width in thousandths of the type size
 */
record Run(int font, char[] glyphs, int width) {}
