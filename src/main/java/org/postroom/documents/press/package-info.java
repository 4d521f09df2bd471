/**
 * Sets text and draws it straight into a PDF: fonts prepared once, lines, strips, pages, the file.
 * Knows nothing of documents.
 */
@NullMarked
package org.postroom.documents.press;

import org.jspecify.annotations.NullMarked;
