/** Pages and REST of this capability. */
@NullMarked
package org.postroom.notifications.web;

import org.jspecify.annotations.NullMarked;
