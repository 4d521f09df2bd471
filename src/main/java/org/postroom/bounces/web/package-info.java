/** Mail that came back, for programs and on pages. */
@NullMarked
package org.postroom.bounces.web;

import org.jspecify.annotations.NullMarked;
