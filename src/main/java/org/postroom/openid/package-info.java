/** How do people sign in with the provider they use for everything else (OpenID Connect)? */
@NullMarked
@ApplicationModule(allowedDependencies = {"db", "net", "http", "access"})
package org.postroom.openid;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
