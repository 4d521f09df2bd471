package org.postroom.transport.graph;

import java.util.Base64;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.transport.Outcome;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.Unanswered;

/**
 * The whole message with one sendMail. Once the request may have arrived and no answer tells what
 * came of it, the mailbox cannot be asked: with the permission to send alone it cannot be read.
 */
record OneRequest(Desk desk, Call call) implements HandOver {

  /** Everything stays as it was built. */
  static OneRequest mime(Desk desk, byte[] mime) {
    byte[] body = Base64.getEncoder().encode(mime);
    return new OneRequest(desk, desk.mailbox().call("POST", "/sendMail", "text/plain", body));
  }

  /**
   * Files are in base64 once here, but twice in MIME: half as much again fits into the same
   * request. The price is what {@link Letter} cannot say.
   */
  static OneRequest json(Desk desk, byte[] json) {
    return new OneRequest(desk, desk.mailbox().json("/sendMail", json));
  }

  @Override
  public Outcome run() {
    if (!desk.mayHandOver()) return Meaning.claimLost();
    return switch (desk.talk().send(call)) {
      case Answer.Failed failed -> Unanswered.outcome(failed, true);
      case Answer.Given given when given.status() == 202 -> desk.accepted(given);
      case Answer.Given given -> desk.trouble().ofSending(given);
    };
  }
}
