/** The protocol of signing in at a provider: OAuth 2.0 (RFC 6749), PKCE (RFC 7636), ID tokens. */
@NullMarked
package org.postroom.accounts.oauth;

import org.jspecify.annotations.NullMarked;
