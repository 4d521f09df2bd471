package org.postroom.transport.ews;

import org.jspecify.annotations.Nullable;

/**
 * An item in a mailbox.
 *
 * @param messageId as the server told it, with angle brackets; null where nobody asked
 */
record ItemId(String id, @Nullable String changeKey, @Nullable String messageId) {}
