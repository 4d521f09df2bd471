package org.postroom.transport.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.postroom.net.Answer;
import org.postroom.transport.Trace;
import org.postroom.transport.rest.AnswerBody;
import org.postroom.transport.rest.Talk;
import tools.jackson.databind.JsonNode;

/** Looks for a message by its Message-ID; needs the permission to read that drafts need too. */
record Search(Talk talk, Mailbox mailbox) {

  /** Where it was sent to the mailbox itself, the arrived one proves as much as the copy. */
  Trace forCopy(String messageId) {
    String filter = "internetMessageId eq '" + messageId.replace("'", "''") + "'";
    Answer answer =
        talk.send(
            mailbox.bare(
                "GET",
                "/messages?$select=isDraft&$top=10&$filter="
                    + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20")));
    return switch (answer) {
      case Answer.Failed _ -> Trace.NOT_SEEN;
      case Answer.Given given when given.status() == 403 -> Trace.CANNOT_LOOK;
      case Answer.Given given -> given.status() == 200 ? seen(given) : Trace.NOT_SEEN;
    };
  }

  private static Trace seen(Answer.Given given) {
    for (JsonNode one : AnswerBody.json(given).path("value"))
      if (one.path("isDraft").isBoolean() && !one.path("isDraft").booleanValue()) return Trace.SENT;
    return Trace.NOT_SEEN;
  }
}
