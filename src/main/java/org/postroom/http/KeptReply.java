package org.postroom.http;

import org.jspecify.annotations.Nullable;

/** A reply as it is given again to a repeated request. */
record KeptReply(
    int status, @Nullable String contentType, @Nullable String location, byte[] body) {}
