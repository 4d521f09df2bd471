/** Talks SMTP to a submission server: one class per concern, replies as values. */
@NullMarked
package org.postroom.transport.smtp;

import org.jspecify.annotations.NullMarked;
