/** Pages and REST of this capability. */
@NullMarked
package org.postroom.automations.web;

import org.jspecify.annotations.NullMarked;
