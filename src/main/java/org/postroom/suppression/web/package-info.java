/** Blocked addresses as pages and by REST. */
@NullMarked
package org.postroom.suppression.web;

import org.jspecify.annotations.NullMarked;
