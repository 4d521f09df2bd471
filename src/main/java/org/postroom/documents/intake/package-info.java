/** Documents as JSON: read with every error at once, written exactly. */
@NullMarked
package org.postroom.documents.intake;

import org.jspecify.annotations.NullMarked;
