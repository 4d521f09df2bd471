/** Where the browser leaves for the provider, and comes back. */
@NullMarked
package org.postroom.openid.web;

import org.jspecify.annotations.NullMarked;
