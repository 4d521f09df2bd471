/**
 * How does the ERP hear what happened? Signed calls to addresses it named, and a list to catch up.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "net",
      "http",
      "access",
      "secrets",
      "environment",
      "happenings",
      "notifications",
      "outbox",
      "accounts"
    })
package org.postroom.callbacks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
