/** Documents as UBL 2.x XML (OASIS): a small element tree, and one mapping per part. */
@NullMarked
package org.postroom.documents.ubl;

import org.jspecify.annotations.NullMarked;
