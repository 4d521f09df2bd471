/** Hands messages to Microsoft Graph: one request where it fits, a draft with uploads beyond. */
@NullMarked
package org.postroom.transport.graph;

import org.jspecify.annotations.NullMarked;
