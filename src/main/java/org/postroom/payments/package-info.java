/** How does a customer pay or approve by a link? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "net",
      "db",
      "http",
      "access",
      "secrets",
      "documents",
      "partners",
      "notifications",
      "environment",
      "happenings"
    })
package org.postroom.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
