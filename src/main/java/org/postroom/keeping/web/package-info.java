/** Pages and REST of backups, retention and erasure. */
@NullMarked
package org.postroom.keeping.web;

import org.jspecify.annotations.NullMarked;
