/** The connection check over REST and on pages. */
@NullMarked
package org.postroom.diagnosis.web;

import org.jspecify.annotations.NullMarked;
