/** Pages and REST of this capability. */
@NullMarked
package org.postroom.compose.web;

import org.jspecify.annotations.NullMarked;
