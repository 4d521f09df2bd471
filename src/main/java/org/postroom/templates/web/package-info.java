/** Pages and REST of this capability. */
@NullMarked
package org.postroom.templates.web;

import org.jspecify.annotations.NullMarked;
