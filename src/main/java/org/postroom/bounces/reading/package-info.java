/** The reader of returned mail: bytes in, a value out. No I/O, no Spring, no clock. */
@NullMarked
package org.postroom.bounces.reading;

import org.jspecify.annotations.NullMarked;
