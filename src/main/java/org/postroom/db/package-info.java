/** What all SQL shares: one database, one transaction at a time per caller, ids and clocks. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.postroom.db;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
