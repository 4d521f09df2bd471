/**
 * How do we talk to SMTP, Graph, Gmail, EWS and the local mailbox? One verb, values for what
 * servers say.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "db", "net", "http", "access"})
package org.postroom.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
