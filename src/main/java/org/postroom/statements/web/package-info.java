@NullMarked
package org.postroom.statements.web;

import org.jspecify.annotations.NullMarked;
