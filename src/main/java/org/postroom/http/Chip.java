package org.postroom.http;

/**
 * A state as people see it: colour, icon and words, never colour alone.
 *
 * @param kind ok, warn, wait, fail, off or info
 * @param icon a symbol of {@code static/icons.svg}
 */
public record Chip(String kind, String icon, String words) {}
