/** Tables as spreadsheets and ERPs write and read them (RFC 4180 and its relatives). */
@NullMarked
@ApplicationModule(allowedDependencies = "http")
package org.postroom.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
