package org.postroom.transport.graph;

import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.ExactRecipients;
import org.postroom.net.Web;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Submission;
import org.postroom.transport.Trace;
import org.postroom.transport.Transport;
import org.postroom.transport.graph.Letter.Piece;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.Patience;
import org.postroom.transport.rest.Talk;
import org.postroom.transport.wire.Unheard;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Hands messages to Microsoft Graph. The first way that fits is taken:
 *
 * <ol>
 *   <li>MIME in one request: nothing changes; files grow by 4/3 twice, so about 2.2 MB of them fit;
 *   <li>JSON in one request: they grow once, so nearly 3 MB fit;
 *   <li>a draft with uploads, where the token may keep drafts.
 * </ol>
 *
 * <p>Graph delivers to whom the headers name, so they name exactly the envelope's recipients.
 */
@Component
class GraphTransport implements Transport {
  private final Web web;
  private final Sizes sizes;
  private final Patience patience;
  private final InstantSource clock;

  @Autowired
  GraphTransport(Web web) {
    this(web, Sizes.MICROSOFT, Patience.USUAL, InstantSource.system());
  }

  GraphTransport(Web web, Sizes sizes, Patience patience, InstantSource clock) {
    this.web = web;
    this.sizes = sizes;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public boolean speaks(Login login) {
    return login instanceof Login.Graph;
  }

  @Override
  public Outcome submit(Submission submission, Login login, Conversation conversation) {
    if (!(login instanceof Login.Graph graph))
      throw new IllegalArgumentException("This adapter speaks Graph.");
    Desk desk = desk(submission, graph, conversation);
    byte[] mime = ExactRecipients.of(submission.content(), submission.envelope().recipients());
    HandOver way = way(desk, mime, graph.drafts());
    if (way == null) return tooLarge(mime.length, graph.drafts());
    Outcome stopped = conversation.probing() ? new Preflight(desk).run() : null;
    return stopped == null ? way.run() : stopped;
  }

  @Override
  public Trace trace(Login login, String messageId) {
    if (!(login instanceof Login.Graph graph) || !graph.drafts()) return Trace.CANNOT_LOOK;
    var talk = new Talk(web, Unheard.INSTANCE, graph.accessToken());
    return new Search(talk, new Mailbox(graph, patience)).forCopy(messageId);
  }

  private Desk desk(Submission submission, Login.Graph login, Conversation conversation) {
    var talk = new Talk(web, conversation, login.accessToken());
    var mailbox = new Mailbox(login, conversation.probing() ? Patience.PROBING : patience);
    var trouble = new GraphTrouble(submission.envelope(), talk, clock.instant());
    return new Desk(mailbox, talk, conversation, trouble);
  }

  /** Null where no way is wide enough. */
  private @Nullable HandOver way(Desk desk, byte[] mime, boolean drafts) {
    if (Sizes.base64(mime.length) <= sizes.mime()) return OneRequest.mime(desk, mime);
    Letter letter = LetterReader.read(mime);
    if (letter == null) return null;
    byte[] json = atMost(letter, sizes.json());
    if (json != null) return OneRequest.json(desk, json);
    return drafts && fitsDraft(letter) ? new DraftAndSend(desk, letter, sizes) : null;
  }

  /** Null where it is longer; not even built where its files alone are. */
  private static byte @Nullable [] atMost(Letter letter, int most) {
    long files = 0;
    for (Piece piece : letter.pieces()) files += Sizes.base64(piece.content().length);
    if (files > most) return null;
    byte[] json = GraphJson.sendMail(letter);
    return json.length <= most ? json : null;
  }

  private static boolean fitsDraft(Letter letter) {
    return GraphJson.draft(letter).length <= Sizes.MICROSOFT.json()
        && letter.pieces().stream().allMatch(piece -> piece.content().length <= Sizes.LARGEST_FILE);
  }

  private static Outcome tooLarge(int bytes, boolean drafts) {
    String size = String.format(Locale.ROOT, "The message has %,d bytes. ", bytes);
    String why =
        drafts
            ? "Microsoft takes 4 MB at once, and this one cannot be taken there in parts."
            : "Microsoft takes 4 MB at once; larger ones need the permission to keep drafts"
                + " (Mail.ReadWrite), which this account does not have.";
    return Meaning.TOO_LARGE.outcome(Reply.none(size + why));
  }
}
