/** Why can this account not send? The same conversation as delivery, watched stage by stage. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "net",
      "http",
      "access",
      "accounts",
      "transport",
      "findings",
      "domains",
      "environment"
    })
package org.postroom.diagnosis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
