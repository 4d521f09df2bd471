/** Partners and recipient orders over REST. */
@NullMarked
package org.postroom.partners.web;

import org.jspecify.annotations.NullMarked;
