/** Who are they, and which address is for what? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access", "csv"})
package org.postroom.partners;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
