/** The pages that look over several capabilities at once. */
@NullMarked
package org.postroom.console.web;

import org.jspecify.annotations.NullMarked;
