/** Where are we, and what may leave from here? The original or a copy; in earnest or as a test. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access"})
package org.postroom.environment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
