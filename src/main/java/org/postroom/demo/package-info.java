/** A small firm with everything in it, to look around: only with {@code --demo}. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "accounts",
      "documents",
      "partners",
      "outbox",
      "compose",
      "automations"
    })
package org.postroom.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
