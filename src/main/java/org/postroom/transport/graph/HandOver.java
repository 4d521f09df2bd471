package org.postroom.transport.graph;

import org.postroom.transport.Outcome;

/** One way to get one message to Graph. */
sealed interface HandOver permits OneRequest, DraftAndSend {
  Outcome run();
}
