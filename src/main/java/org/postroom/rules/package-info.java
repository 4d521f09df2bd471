/** Which condition changes what? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access", "text"})
package org.postroom.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
