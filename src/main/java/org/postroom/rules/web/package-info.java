/** Pages and REST of this capability. */
@NullMarked
package org.postroom.rules.web;

import org.jspecify.annotations.NullMarked;
