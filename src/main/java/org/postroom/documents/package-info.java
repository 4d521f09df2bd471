/** What is the document, and what does its PDF look like? */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"mail", "db", "http", "access", "partners", "text", "csv"})
package org.postroom.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
