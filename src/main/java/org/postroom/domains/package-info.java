/** What does the domain of an address tell us: who runs its mail, and may we send for it? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "net",
      "http",
      "access",
      "transport",
      "accounts"
    })
package org.postroom.domains;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
