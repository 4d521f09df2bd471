/** Stripe Checkout: sending customers there, and hearing what became of it. */
@NullMarked
package org.postroom.payments.stripe;

import org.jspecify.annotations.NullMarked;
