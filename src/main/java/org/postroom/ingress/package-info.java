/** How does a program that only speaks SMTP hand in mail? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"mail", "db", "http", "access", "accounts", "outbox", "signing"})
package org.postroom.ingress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
