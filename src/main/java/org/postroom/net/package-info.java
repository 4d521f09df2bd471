/** How we reach out to other machines: whom we trust, and HTTP calls whose failures are values. */
@NullMarked
@ApplicationModule(allowedDependencies = {"db"})
package org.postroom.net;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
