/** The page of programs that only speak SMTP. */
@NullMarked
package org.postroom.ingress.web;

import org.jspecify.annotations.NullMarked;
