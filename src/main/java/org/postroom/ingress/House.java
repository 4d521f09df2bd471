package org.postroom.ingress;

import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of one server share.
 *
 * @param name what we greet with
 * @param localAuth programs on this machine may sign in without TLS
 * @param openKey the key that programs count as which cannot sign in; null: all must
 * @param room memory for contents being received
 */
record House(
    String name,
    SSLSocketFactory tls,
    boolean localAuth,
    @Nullable String openKey,
    Bounds bounds,
    Room room,
    Reception reception,
    Intake intake) {}
