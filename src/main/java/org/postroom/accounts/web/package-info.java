/** Accounts and routes over REST. */
@NullMarked
package org.postroom.accounts.web;

import org.jspecify.annotations.NullMarked;
