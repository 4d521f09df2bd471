/** Test mode and environment as a page and by REST. */
@NullMarked
package org.postroom.environment.web;

import org.jspecify.annotations.NullMarked;
