/** Hands messages to the Gmail API, as they are. */
@NullMarked
package org.postroom.transport.gmail;

import org.jspecify.annotations.NullMarked;
