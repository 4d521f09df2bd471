package org.postroom.transport.graph;

import java.time.Duration;
import org.postroom.net.Answer;
import org.postroom.transport.Conversation;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.rest.Talk;

/** What every way to hand over needs: where to, the talk, whom to ask, and how to judge. */
record Desk(Mailbox mailbox, Talk talk, Conversation conversation, GraphTrouble trouble) {

  boolean mayHandOver() {
    return conversation.mayHandOver();
  }

  /** 202: queued in the mailbox. That anybody gets it, nobody has said. */
  Outcome accepted(Answer.Given answer) {
    String id = answer.header("request-id").map(one -> " (request-id " + one + ")").orElse("");
    Reply reply = talk.reply(answer.status(), "Accepted" + id);
    authenticated(answer);
    talk.passed(
        Stage.SENDER,
        "Queued in "
            + mailbox.name()
            + "; Microsoft may still refuse the sender or a recipient by mail to that mailbox",
        Duration.ZERO);
    talk.passed(Stage.CONTENT, reply.line(), answer.took());
    return new Outcome.Accepted(reply);
  }

  void authenticated(Answer.Given answer) {
    talk.passed(
        Stage.AUTHENTICATE, "The token was accepted (HTTP " + answer.status() + ")", Duration.ZERO);
  }
}
