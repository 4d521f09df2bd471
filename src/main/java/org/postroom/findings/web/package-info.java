/** The page of a finding. */
@NullMarked
package org.postroom.findings.web;

import org.jspecify.annotations.NullMarked;
