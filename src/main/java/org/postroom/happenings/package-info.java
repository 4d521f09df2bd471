/**
 * What happened that other systems may want to hear? Written in the transaction that made it true,
 * so that none is ever missing; told by whoever reads it, in one order.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"db"})
package org.postroom.happenings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
