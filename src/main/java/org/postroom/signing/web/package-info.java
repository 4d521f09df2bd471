/** Signing keys over REST and on a page. */
@NullMarked
package org.postroom.signing.web;

import org.jspecify.annotations.NullMarked;
