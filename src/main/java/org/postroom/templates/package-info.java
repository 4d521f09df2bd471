/** What does the text look like? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access", "text"})
package org.postroom.templates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
