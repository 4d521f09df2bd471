/** Who is told, by mail, what accounts need? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"mail", "db", "http", "access", "accounts", "outbox", "compose"})
package org.postroom.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
