/** What talks over a socket share, whatever they speak: reaching a server, keeping connections. */
@NullMarked
package org.postroom.transport.wire;

import org.jspecify.annotations.NullMarked;
