package org.postroom.transport.graph;

import org.jspecify.annotations.Nullable;
import org.postroom.net.Answer;
import org.postroom.transport.Outcome;
import org.postroom.transport.Stage;
import org.postroom.transport.rest.Unanswered;

/**
 * What can be seen before anything is handed over, when somebody watches: one reading call that
 * needs the token but no permission to send. Graph checks the token first, so even "you may not
 * read this" proves it. Whether the mailbox may send, only sending shows.
 */
record Preflight(Desk desk) {

  /** Null where the way is free, as far as one can see. */
  @Nullable Outcome run() {
    Answer answer = desk.talk().send(desk.mailbox().bare("GET", "?$select=id"));
    return switch (answer) {
      case Answer.Failed failed -> Unanswered.outcome(failed, false);
      case Answer.Given given -> seen(given);
    };
  }

  private @Nullable Outcome seen(Answer.Given given) {
    GraphError error = GraphError.of(given);
    if (given.status() == 401)
      return error.has("InvalidAuthenticationToken") ? desk.trouble().ofPreparing(given) : null;
    boolean graph = error.json() || given.status() == 200;
    boolean knowsUs = graph && (given.status() == 200 || given.status() == 403);
    if (knowsUs)
      desk.talk()
          .passed(
              Stage.AUTHENTICATE, "The token is valid (HTTP " + given.status() + ")", given.took());
    return null;
  }
}
