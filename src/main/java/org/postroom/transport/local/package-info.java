/** Keeps mail inside: the transport that needs no server. */
@NullMarked
package org.postroom.transport.local;

import org.jspecify.annotations.NullMarked;
