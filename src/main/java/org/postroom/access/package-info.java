/** Who may use this? Companies, people, roles, keys, audit. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "secrets"})
package org.postroom.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
