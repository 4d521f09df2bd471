/** What came back later? Reads returned mail and tells which message and which address it is of. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "csv",
      "db",
      "net",
      "http",
      "secrets",
      "access",
      "transport",
      "accounts",
      "outbox",
      "notifications",
      "findings",
      "suppression"
    })
package org.postroom.bounces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
