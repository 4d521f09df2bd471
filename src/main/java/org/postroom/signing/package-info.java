/** Which keys of ours sign mail of which domain (DKIM), and are they published? */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "net", "http", "access", "secrets"})
package org.postroom.signing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
