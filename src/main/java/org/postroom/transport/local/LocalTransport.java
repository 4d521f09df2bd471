package org.postroom.transport.local;

import java.time.Duration;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.LocalMailbox;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.Transport;
import org.springframework.stereotype.Component;

/** Puts messages into the company's local mailbox. A real transport: durable when accepted. */
@Component
public class LocalTransport implements Transport {
  private final LocalMailbox mailbox;

  public LocalTransport(LocalMailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public boolean speaks(Login login) {
    return login instanceof Login.Local;
  }

  @Override
  public Outcome submit(Submission submission, Login login, Conversation conversation) {
    if (!(login instanceof Login.Local local))
      throw new IllegalArgumentException("This adapter speaks Local.");
    if (!conversation.mayHandOver()) return claimLost();
    long began = System.nanoTime();
    String id = mailbox.keep(local.company(), local.account(), submission);
    var reply = new Reply(250, null, "Kept in the local mailbox as " + id + ".");
    conversation.passed(Stage.CONTENT, reply.line(), Duration.ofNanos(System.nanoTime() - began));
    return new Outcome.Accepted(reply);
  }

  private static Outcome claimLost() {
    return new Outcome.Deferred(
        new Failure(
            FailureKind.CLAIM_LOST,
            Stage.CONTENT,
            Scope.MESSAGE,
            Reply.none("The message was no longer ours to hand over.")));
  }
}
