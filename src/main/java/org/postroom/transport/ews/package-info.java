/** Hands messages to an Exchange server of the company's own, by Exchange Web Services. */
@NullMarked
package org.postroom.transport.ews;

import org.jspecify.annotations.NullMarked;
