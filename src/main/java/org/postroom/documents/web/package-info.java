/** Documents over REST. */
@NullMarked
package org.postroom.documents.web;

import org.jspecify.annotations.NullMarked;
