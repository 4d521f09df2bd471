/**
 * A company's own layouts: its HTML and CSS, filled in, shut in and printed. No page of them loads
 * anything but its own images, and none runs for ever.
 */
@NullMarked
package org.postroom.documents.own;

import org.jspecify.annotations.NullMarked;
