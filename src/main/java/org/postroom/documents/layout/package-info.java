/** What stands on the built-in layouts; {@code press} draws it. */
@NullMarked
package org.postroom.documents.layout;

import org.jspecify.annotations.NullMarked;
