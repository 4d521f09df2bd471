/** Which event makes which mail? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "accounts",
      "calendar",
      "compose",
      "csv",
      "documents",
      "partners",
      "outbox",
      "payments",
      "receivables",
      "rules",
      "templates",
      "environment"
    })
package org.postroom.automations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
