/** The local mailbox by REST. */
@NullMarked
package org.postroom.transport.web;

import org.jspecify.annotations.NullMarked;
