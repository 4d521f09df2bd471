/** Seals secrets with AES-256-GCM under a key that lives outside the database. */
@NullMarked
@ApplicationModule(allowedDependencies = {"db"})
package org.postroom.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
