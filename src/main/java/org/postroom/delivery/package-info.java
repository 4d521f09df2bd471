/** Who sends, when, and what if it fails? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "outbox",
      "accounts",
      "transport",
      "findings",
      "suppression",
      "environment"
    })
package org.postroom.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
