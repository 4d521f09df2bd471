/** Invoices that machines read: EN 16931 as Factur-X, the figures as XML inside a PDF/A-3. */
@NullMarked
package org.postroom.documents.einvoice;

import org.jspecify.annotations.NullMarked;
