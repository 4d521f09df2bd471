@NullMarked
package org.postroom.receivables.web;

import org.jspecify.annotations.NullMarked;
