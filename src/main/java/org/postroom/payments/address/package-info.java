/** Gateways that are reached by an address with the payment's facts in it, and their answers. */
@NullMarked
package org.postroom.payments.address;

import org.jspecify.annotations.NullMarked;
