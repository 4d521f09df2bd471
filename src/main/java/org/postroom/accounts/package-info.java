/** Through what may we send, and as whom? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "net",
      "http",
      "access",
      "secrets",
      "transport",
      "findings",
      "environment",
      "happenings"
    })
package org.postroom.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
