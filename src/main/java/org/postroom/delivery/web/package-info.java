/** Letting caught mail out, as a page and by REST. */
@NullMarked
package org.postroom.delivery.web;

import org.jspecify.annotations.NullMarked;
