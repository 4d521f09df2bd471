package org.postroom.http;

import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's title, where a page puts it into its model as {@code heading}.
 *
 * @param path of the list this page belongs to
 * @param words of that list
 * @param here what this page is, in few words
 * @param chip the state of what the page shows
 */
public record Heading(String path, String words, String here, @Nullable Chip chip) {}
