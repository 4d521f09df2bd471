/** Pages and REST of this capability. */
@NullMarked
package org.postroom.outbox.web;

import org.jspecify.annotations.NullMarked;
