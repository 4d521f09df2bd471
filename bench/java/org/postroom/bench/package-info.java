/** What the benchmarks share: rounds, a receiving end. Compiled with the tests, never shipped. */
@NullMarked
package org.postroom.bench;

import org.jspecify.annotations.NullMarked;
