/** The doors of the domains: REST and pages. */
@NullMarked
package org.postroom.domains.web;

import org.jspecify.annotations.NullMarked;
