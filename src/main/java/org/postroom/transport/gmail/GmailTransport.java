package org.postroom.transport.gmail;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.ExactRecipients;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Web;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.Trace;
import org.postroom.transport.Transport;
import org.postroom.transport.rest.AnswerBody;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.Patience;
import org.postroom.transport.rest.Talk;
import org.postroom.transport.rest.Unanswered;
import org.postroom.transport.wire.Unheard;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hands messages to the Gmail API: the message itself, in one upload. The other way, base64 in
 * JSON, would only make it longer. Resumable uploads are for lines that break within minutes; this
 * is at most 35 MB, they cost a call more for every message, and Google does not promise that a
 * finished upload still tells which message it made.
 *
 * <p>Gmail delivers to whom the headers name, so they name exactly the envelope's recipients.
 */
@Component
class GmailTransport implements Transport {
  /** The most that Google's description of the service allows for this method. */
  private static final int LARGEST = 36_700_160;

  private static final String SEND = "/upload/gmail/v1/users/me/messages/send?uploadType=media";
  private static final String SEARCH = "/gmail/v1/users/me/messages?maxResults=1&q=";
  private static final String PROFILE = "/gmail/v1/users/me/profile";
  private static final int MOST_ANSWER = 1 << 20;

  private final Web web;
  private final Patience patience;
  private final InstantSource clock;

  @Autowired
  GmailTransport(Web web) {
    this(web, Patience.USUAL, InstantSource.system());
  }

  GmailTransport(Web web, Patience patience, InstantSource clock) {
    this.web = web;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public boolean speaks(Login login) {
    return login instanceof Login.Gmail;
  }

  @Override
  public Outcome submit(Submission submission, Login login, Conversation conversation) {
    if (!(login instanceof Login.Gmail gmail))
      throw new IllegalArgumentException("This adapter speaks Gmail.");
    List<Address> recipients = submission.envelope().recipients();
    byte[] mime = ExactRecipients.of(submission.content(), recipients);
    if (mime.length > LARGEST) return tooLarge(mime.length);
    var talk = new Talk(web, conversation, gmail.accessToken());
    var trouble = new GmailTrouble(recipients, talk, clock.instant());
    Patience limits = conversation.probing() ? Patience.PROBING : patience;
    Outcome stopped = conversation.probing() ? preflight(gmail, limits, talk, trouble) : null;
    if (stopped != null) return stopped;
    if (!conversation.mayHandOver()) return Meaning.claimLost();
    return switch (talk.send(call(gmail, "POST", SEND, mime, limits))) {
      case Answer.Failed failed -> Unanswered.outcome(failed, true);
      case Answer.Given given -> answered(given, talk, trouble);
    };
  }

  /**
   * Asked by the Message-ID, which Gmail keeps. Sending alone does not allow it; who granted more
   * is spared the question.
   */
  @Override
  public Trace trace(Login login, String messageId) {
    if (!(login instanceof Login.Gmail gmail)) return Trace.CANNOT_LOOK;
    String query = "in:sent rfc822msgid:" + messageId.replaceAll("^<|>$", "");
    String path = SEARCH + URLEncoder.encode(query, StandardCharsets.UTF_8);
    var talk = new Talk(web, Unheard.INSTANCE, gmail.accessToken());
    return switch (talk.send(call(gmail, "GET", path, new byte[0], patience))) {
      case Answer.Failed _ -> Trace.NOT_SEEN;
      case Answer.Given given when given.status() == 401 || given.status() == 403 ->
          Trace.CANNOT_LOOK;
      case Answer.Given given -> {
        boolean found = given.status() == 200 && !AnswerBody.json(given).path("messages").isEmpty();
        yield found ? Trace.SENT : Trace.NOT_SEEN;
      }
    };
  }

  /** Success names the message that was made; without that name nothing is certain. */
  private static Outcome answered(Answer.Given given, Talk talk, GmailTrouble trouble) {
    String id = given.status() == 200 ? AnswerBody.json(given).path("id").asString("") : "";
    if (id.isEmpty()) return trouble.of(given);
    Reply reply = talk.reply(given.status(), "Accepted as Gmail message " + id);
    talk.passed(
        Stage.AUTHENTICATE, "The token was accepted (HTTP " + given.status() + ")", Duration.ZERO);
    talk.passed(
        Stage.SENDER,
        "The signed-in mailbox took it; if the From address is none of its own,"
            + " Gmail replaces it without saying so",
        Duration.ZERO);
    talk.passed(Stage.CONTENT, reply.line(), given.took());
    return new Outcome.Accepted(reply);
  }

  /**
   * What can be seen before anything is handed over, when somebody watches: Google checks the token
   * before the permission, so even "you may not read the profile" proves the token. Whether the
   * mailbox may send, only sending shows. Null where the way is free, as far as one can see.
   */
  private static @Nullable Outcome preflight(
      Login.Gmail login, Patience limits, Talk talk, GmailTrouble trouble) {
    return switch (talk.send(call(login, "GET", PROFILE, new byte[0], limits))) {
      case Answer.Failed failed -> Unanswered.outcome(failed, false);
      case Answer.Given given when given.status() == 401 -> trouble.of(given);
      case Answer.Given given -> {
        boolean knowsUs =
            given.status() == 200 || (given.status() == 403 && GmailError.of(given).json());
        if (knowsUs)
          talk.passed(
              Stage.AUTHENTICATE, "The token is valid (HTTP " + given.status() + ")", given.took());
        yield null;
      }
    };
  }

  private static Call call(
      Login.Gmail login, String method, String path, byte[] body, Patience limits) {
    URI uri = URI.create(login.service().toString().replaceAll("/+$", "") + path);
    Call call =
        new Call(method, uri, Map.of(), body, limits.with(body.length), MOST_ANSWER)
            .bearer(login.accessToken())
            .header("Accept", "application/json");
    return body.length == 0 ? call : call.header("Content-Type", "message/rfc822");
  }

  private static Outcome tooLarge(int bytes) {
    return Meaning.TOO_LARGE.outcome(
        Reply.none(
            String.format(
                Locale.ROOT, "The message has %,d bytes; Gmail takes %,d.", bytes, LARGEST)));
  }
}
