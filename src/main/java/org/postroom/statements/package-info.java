/** Who gets a statement, and runs that send them to all customers. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "automations",
      "calendar",
      "documents",
      "partners",
      "receivables",
      "compose",
      "outbox",
      "environment",
      "suppression"
    })
package org.postroom.statements;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
