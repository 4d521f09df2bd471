/** How the built-in PDF is drawn: a document becomes XHTML and CSS, and that becomes a PDF. */
@NullMarked
package org.postroom.documents.layout;

import org.jspecify.annotations.NullMarked;
