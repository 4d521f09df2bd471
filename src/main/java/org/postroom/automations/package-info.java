/** Which event makes which mail? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "compose",
      "documents",
      "partners",
      "outbox"
    })
package org.postroom.automations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
