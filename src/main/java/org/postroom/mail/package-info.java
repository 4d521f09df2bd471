/** The field's nouns: addresses, envelopes, attachments, MIME. No I/O, no Spring. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.postroom.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
