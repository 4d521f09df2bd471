/** Signing in, set-up, company, keys and audit trail: pages and REST. */
@NullMarked
package org.postroom.access.web;

import org.jspecify.annotations.NullMarked;
