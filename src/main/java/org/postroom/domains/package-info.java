/** What does the domain of an address tell us: who runs its mail, and may we send for it? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "net",
      "http",
      "access",
      "transport",
      "accounts",
      "signing"
    })
package org.postroom.domains;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
