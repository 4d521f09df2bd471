/** What can be done from a terminal, beside running Postroom: one class a command. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "mail",
      "db",
      "http",
      "secrets",
      "access",
      "accounts",
      "environment",
      "keeping",
      "doctor"
    })
package org.postroom.commandline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
