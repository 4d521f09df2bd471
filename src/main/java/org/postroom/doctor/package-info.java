/**
 * What is wrong with the installation, before and while it runs, and what is to be done about it?
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "db",
      "http",
      "net",
      "secrets",
      "ingress",
      "environment",
      "access",
      "keeping"
    })
package org.postroom.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
