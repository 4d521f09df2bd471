/** Pages and REST of this capability. */
@NullMarked
package org.postroom.reminders.web;

import org.jspecify.annotations.NullMarked;
