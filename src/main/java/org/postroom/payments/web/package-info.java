/** Pages and REST of this capability. */
@NullMarked
package org.postroom.payments.web;

import org.jspecify.annotations.NullMarked;
