/** What all pages and endpoints share: problems, lists, JSON manners. */
@NullMarked
@ApplicationModule(allowedDependencies = {"db"})
package org.postroom.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
