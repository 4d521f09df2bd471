/** Who are they, and which address is for what? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access"})
package org.postroom.partners;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
