/**
 * The language of users' texts: placeholders, conditions, loops; shut in, so that no text can read
 * files, call code or run for ever.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.postroom.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
