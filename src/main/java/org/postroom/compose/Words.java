package org.postroom.compose;

import org.jspecify.annotations.Nullable;

/** Subject and bodies, the template they came from, and why that one. */
record Words(String subject, String html, String text, @Nullable String template, String reason) {}
