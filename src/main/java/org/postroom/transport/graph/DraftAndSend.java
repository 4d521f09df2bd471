package org.postroom.transport.graph;

import org.jspecify.annotations.Nullable;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.graph.Letter.Piece;
import org.postroom.transport.rest.AnswerBody;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.Unanswered;
import tools.jackson.databind.JsonNode;

/**
 * A draft in the sender's own mailbox, its files one by one, then send. Only the last step hands
 * over: a draft reaches nobody, and a crash while files travel leaves nothing unclear. So the
 * durable mark is written directly before that step, when the message is still ours.
 */
final class DraftAndSend implements HandOver {
  private final Desk desk;
  private final Letter letter;
  private final Sizes sizes;
  private @Nullable String draft;

  DraftAndSend(Desk desk, Letter letter, Sizes sizes) {
    this.desk = desk;
    this.letter = letter;
    this.sizes = sizes;
  }

  @Override
  public Outcome run() {
    try {
      create();
      for (Piece piece : letter.pieces()) attach(piece);
      if (!desk.mayHandOver()) return Meaning.claimLost();
      return send();
    } catch (Stopped stopped) {
      return stopped.outcome();
    } finally {
      discard();
    }
  }

  private void create() throws Stopped {
    Answer.Given answer = done(desk.mailbox().json("/messages", GraphJson.draft(letter)));
    desk.authenticated(answer);
    String id = AnswerBody.json(answer).path("id").asString("");
    if (id.isEmpty()) throw new Stopped(desk.trouble().ofPreparing(answer));
    draft = id;
  }

  private void attach(Piece piece) throws Stopped {
    if (piece.content().length < sizes.smallFile()) {
      done(desk.mailbox().json(path("/attachments"), GraphJson.file(piece)));
      return;
    }
    String path = path("/attachments/createUploadSession");
    Answer.Given answer = done(desk.mailbox().json(path, GraphJson.uploadSession(piece)));
    new Upload(desk, sizes.slice())
        .run(AnswerBody.json(answer).path("uploadUrl").asString(""), piece);
  }

  private Outcome send() {
    Answer answer = desk.talk().send(desk.mailbox().bare("POST", path("/send")));
    return switch (answer) {
      case Answer.Failed failed when failed.maybeArrived() -> look(Reply.none(failed.what()));
      case Answer.Failed failed -> Unanswered.outcome(failed, true);
      case Answer.Given given when given.status() == 202 -> {
        draft = null;
        yield desk.accepted(given);
      }
      case Answer.Given given -> judged(given);
    };
  }

  /**
   * Refusals are refusals. No answer in time, success in other words, or a draft that is not there
   * (a second try by the service itself finds it gone): then the drafts are asked.
   */
  private Outcome judged(Answer.Given given) {
    GraphError error = GraphError.of(given);
    Meaning meaning = GraphTrouble.meaning(error);
    boolean ask =
        meaning.ending() == Meaning.Ending.UNCLEAR
            || given.ok()
            || (given.status() == 404 && error.has("ErrorItemNotFound"));
    return ask
        ? look(desk.talk().reply(given.status(), error.text()))
        : desk.trouble().ofSending(given);
  }

  /** Whether the draft has left the drafts tells what the lost answer did not. */
  private Outcome look(Reply lost) {
    desk.talk().note("No clear answer; looking whether the draft is gone");
    Answer answer = desk.talk().send(desk.mailbox().bare("GET", path("?$select=isDraft")));
    if (!(answer instanceof Answer.Given given)) return unclear(lost);
    if (given.status() == 404) return gone(given, lost);
    if (given.status() != 200) return unclear(lost);
    JsonNode isDraft = AnswerBody.json(given).path("isDraft");
    if (!isDraft.isBoolean()) return unclear(lost);
    return isDraft.booleanValue() ? takeBack(lost) : gone(given, lost);
  }

  private Outcome gone(Answer.Given seen, Reply lost) {
    draft = null;
    Reply reply =
        desk.talk()
            .reply(
                0,
                sentence(
                    lost, "The message is no longer among the drafts, so Microsoft has taken it"));
    desk.talk().passed(Stage.CONTENT, reply.line(), seen.took());
    return new Outcome.Accepted(reply);
  }

  /** What we can delete from the drafts can no longer be sent from there. */
  private Outcome takeBack(Reply lost) {
    Answer answer = desk.talk().send(desk.mailbox().bare("DELETE", path("")));
    if (!(answer instanceof Answer.Given given) || given.status() != 204) return unclear(lost);
    draft = null;
    return Meaning.FAILED.outcome(
        desk.talk()
            .reply(
                lost.code(),
                sentence(
                    lost,
                    "The message was still among the drafts and was deleted there: nothing was sent")));
  }

  private Outcome unclear(Reply lost) {
    draft = null; // It may be on its way; whoever looks shall find what there is.
    return Meaning.LOST.outcome(
        desk.talk()
            .reply(lost.code(), sentence(lost, "Whether the draft was sent could not be seen")));
  }

  private static String sentence(Reply lost, String seen) {
    return "No clear answer to sending the draft: " + lost.text() + " — " + seen + ".";
  }

  /** A draft that will not be sent must not lie about for somebody to send. */
  private void discard() {
    if (draft != null) desk.talk().send(desk.mailbox().bare("DELETE", path("")));
    draft = null;
  }

  /** A step before the sending: anything but success ends the try, and nothing was sent. */
  private Answer.Given done(Call call) throws Stopped {
    return switch (desk.talk().send(call)) {
      case Answer.Failed failed -> throw new Stopped(Unanswered.outcome(failed, false));
      case Answer.Given given when given.status() == 200 || given.status() == 201 -> given;
      case Answer.Given given -> throw new Stopped(desk.trouble().ofPreparing(given));
    };
  }

  private String path(String below) {
    return "/messages/" + Mailbox.segment(String.valueOf(draft)) + below;
  }
}
