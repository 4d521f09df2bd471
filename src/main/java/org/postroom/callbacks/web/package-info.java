/** Webhooks as pages and by REST. */
@NullMarked
package org.postroom.callbacks.web;

import org.jspecify.annotations.NullMarked;
