package org.postroom.transport.ews;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;
import org.postroom.transport.wire.Fingerprint;

/**
 * Which connections may be shared: same server, user, secret and mailbox. The secret stands as a
 * fingerprint keyed for this process, so that a heap dump of keys reveals nothing.
 */
record LoginKey(
    URI uri, @Nullable String domain, String user, @Nullable String mailbox, String fingerprint) {
  static LoginKey of(Login.Ews login) {
    return new LoginKey(
        login.uri(),
        login.domain(),
        login.user(),
        login.mailbox(),
        Fingerprint.of(login.password()));
  }
}
