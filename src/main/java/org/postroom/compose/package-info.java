/** How do template, document, partner and account become a message? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "accounts",
      "templates",
      "text",
      "documents",
      "partners",
      "payments",
      "rules",
      "outbox",
      "transport",
      "signing",
      "suppression"
    })
package org.postroom.compose;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
