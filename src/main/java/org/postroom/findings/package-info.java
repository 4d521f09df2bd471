/** What does a failure mean for a person, and what is to be done? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "transport", "http", "access"})
package org.postroom.findings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
