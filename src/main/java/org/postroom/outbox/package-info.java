/** What is waiting, what was sent? Owns the state of every message. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "access",
      "environment",
      "happenings",
      "transport"
    })
package org.postroom.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
