/** What is going on? Home, search and first-run pages over every capability. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "accounts",
      "templates",
      "documents",
      "partners",
      "payments",
      "outbox",
      "keeping",
      "compose",
      "automations",
      "ingress",
      "reminders",
      "delivery",
      "notices",
      "notifications",
      "statements",
      "bounces",
      "callbacks",
      "transport",
      "environment",
      "suppression"
    })
package org.postroom.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
