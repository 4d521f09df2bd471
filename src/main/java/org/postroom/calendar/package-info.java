/** When does the company work? */
@NullMarked
@ApplicationModule(allowedDependencies = {"db", "http", "access"})
package org.postroom.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
