package org.postroom.payments;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A customer who wants to pay now, on the way to a gateway.
 *
 * @param opened the link with what is due now
 * @param email of the customer, for the provider's form; null where unknown
 * @param back the public page, where the provider sends the customer after paying or giving up
 */
public record Checkout(OpenedLink opened, @Nullable String email, Locale language, URI back) {}
