/** Who is told, by mail or inside the product, what accounts need and what customers did? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "accounts",
      "automations",
      "callbacks",
      "documents",
      "findings",
      "notifications",
      "outbox",
      "payments",
      "compose"
    })
package org.postroom.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
