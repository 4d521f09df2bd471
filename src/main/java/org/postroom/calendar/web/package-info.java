/** Pages and REST of this capability. */
@NullMarked
package org.postroom.calendar.web;

import org.jspecify.annotations.NullMarked;
