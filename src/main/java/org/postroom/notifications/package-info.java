/**
 * What are the people of a company told inside the product? Whoever has something to tell publishes
 * it in the transaction that makes it true.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"db", "http", "access"})
package org.postroom.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
