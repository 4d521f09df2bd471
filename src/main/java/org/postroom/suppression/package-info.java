/** Whom do we not write to? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access", "csv"})
package org.postroom.suppression;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
