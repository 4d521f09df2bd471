/** How does the journey of a message show in OpenTelemetry? Off unless an address is set. */
@NullMarked
@ApplicationModule(allowedDependencies = {"db", "delivery", "outbox", "automations", "transport"})
package org.postroom.traces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
