/**
 * What is kept, for how long, and where a second copy of it is: backup, restore, retention,
 * erasure.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "secrets",
      "access",
      "environment",
      "suppression",
      "outbox",
      "partners"
    })
package org.postroom.keeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
