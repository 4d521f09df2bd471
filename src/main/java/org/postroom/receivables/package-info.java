/** Who owes what, by customer, currency and age; payments that name no invoice. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "http", "access", "documents", "partners"})
package org.postroom.receivables;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
