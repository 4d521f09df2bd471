package org.postroom.accounts;

import org.jspecify.annotations.Nullable;

/**
 * What documents of one kind go out with, unless something closer decides.
 *
 * @param documentKind word such as {@code invoice}
 * @param account id, null: the default
 * @param template id, null: the built-in one
 * @param layout id, null: the built-in one
 */
public record Route(
    String documentKind,
    @Nullable String account,
    @Nullable String template,
    @Nullable String layout) {}
