/** When is who reminded of what? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "automations",
      "accounts",
      "calendar",
      "compose",
      "documents",
      "partners",
      "receivables",
      "outbox",
      "payments",
      "templates"
    })
package org.postroom.reminders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
