package org.postroom.compose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.MessageDraft.File;
import org.postroom.compose.MessageDraft.Preset;
import org.postroom.compose.MessageDraft.Typed;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.mail.Attachment;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.springframework.stereotype.Service;

/** Messages people write by hand, from the first look to sending: each becomes one message once. */
@Service
public class MessageDrafts {
  private static final Duration FORGOTTEN = Duration.ofDays(30);
  private static final Duration SENT_FORGOTTEN = Duration.ofDays(400);
  private static final int MOST_FILES = 30;
  private static final int MOST_LOOKED_AT = 50;
  private static final int MOST_BEGUN = 8;
  private static final long MOST_BYTES = 26_000_000;
  private static final Address STAND_IN = Address.of("nobody@postroom.invalid");
  private final Composer composer;
  private final Documents documents;
  private final Access access;
  private final Sending sending;
  private final Database database;

  MessageDrafts(
      Composer composer, Documents documents, Access access, Sending sending, Database database) {
    this.composer = composer;
    this.documents = documents;
    this.access = access;
    this.sending = sending;
    this.database = database;
  }

  /**
   * Starts a message with everything preset by the rules.
   *
   * @param document null for free mail
   * @throws Problem 404 where there is no such document
   */
  public MessageDraft start(Caller caller, @Nullable DocumentRef document) {
    return start(caller, document, null);
  }

  /**
   * The same for another purpose than such documents usually have, such as a link to pay.
   *
   * @param purpose null: by the document
   */
  public MessageDraft start(
      Caller caller, @Nullable DocumentRef document, @Nullable Purpose purpose) {
    caller.require(Right.SEND);
    Preset preset =
        document == null ? new Preset(Typed.NOTHING, "", null) : preset(caller, document, purpose);
    var draft =
        new MessageDraft(
            caller.company(),
            Ids.next("drf"),
            caller.id(),
            document,
            preset,
            preset.fields(),
            List.of(),
            null);
    database.run(sql -> {
      MessageDraftRows.forget(
          sql, caller.company(), sql.now().minus(FORGOTTEN), sql.now().minus(SENT_FORGOTTEN));
      MessageDraftRows.insert(sql, draft, sql.now());
    });
    return draft;
  }

  /** What the caller began to write and did not send, the last one first. */
  public List<MessageDraft> begun(Caller caller) {
    return database
        .read(sql -> MessageDraftRows.open(sql, caller.company(), caller.id(), MOST_LOOKED_AT))
        .stream()
        .filter(MessageDraft::touched)
        .limit(MOST_BEGUN)
        .toList();
  }

  /** The caller does not want to send it any more. */
  public void drop(Caller caller, String id) {
    get(caller, id);
    database.run(sql -> MessageDraftRows.drop(sql, caller.company(), id));
  }

  /** The caller's own; for everybody else it does not exist. */
  public MessageDraft get(Caller caller, String id) {
    caller.require(Right.SEND);
    return database
        .read(sql -> MessageDraftRows.find(sql, caller.company(), id))
        .filter(draft -> draft.person().equals(caller.id()))
        .orElseThrow(() -> Problem.notFound("This draft"));
  }

  /** Keeps what was typed. */
  public MessageDraft type(Caller caller, String id, Typed typed) {
    get(caller, id);
    database.run(sql -> MessageDraftRows.type(sql, caller.company(), id, typed));
    return get(caller, id);
  }

  /**
   * Keeps what was typed so far. It may arrive after a button that was pressed later: a page that
   * showed no words of its own does not take away those that were begun meanwhile.
   *
   * @param words whether the page had a field for own words
   */
  public MessageDraft glance(Caller caller, String id, Typed typed, boolean words) {
    get(caller, id);
    database.run(sql -> {
      String begun = MessageDraftRows.find(sql, caller.company(), id).orElseThrow().typed().text();
      MessageDraftRows.type(sql, caller.company(), id, words ? typed : typed.text(begun));
    });
    return get(caller, id);
  }

  /** Adds a file; 422 at {@code /files} where it is too much. */
  public void attach(Caller caller, String id, Attachment file) {
    MessageDraft draft = get(caller, id);
    long size = file.content().length;
    long all = draft.files().stream().mapToLong(File::size).sum() + size;
    if (draft.files().size() >= MOST_FILES)
      throw Problem.invalid("/files", "too_many", "At most 30 files go along.");
    if (all > MOST_BYTES)
      throw Problem.invalid(
          "/files", "too_large", "The attachments are larger than 25 MB together.");
    var kept = new File(Ids.next("fil"), file.filename(), file.contentType(), size);
    database.run(sql -> MessageDraftRows.add(sql, caller.company(), id, kept, file.content()));
  }

  public void detach(Caller caller, String id, String file) {
    get(caller, id);
    database.run(sql -> MessageDraftRows.remove(sql, caller.company(), id, file));
  }

  /**
   * Puts the template's words for this very message into the text field, for changing them. What
   * was written there already stays.
   *
   * @throws Problem 422 where the message cannot be composed
   */
  public MessageDraft takeWords(Caller caller, MessageDraft draft) {
    if (!draft.typed().text().isBlank()) return draft;
    Written written = written(caller, draft);
    Composition composition = composer.compose(caller, written.forPreview(STAND_IN).bare());
    return type(caller, draft.id(), draft.typed().text(OwnWords.in(composition.html()).text()));
  }

  /** Back to the template's words. */
  public MessageDraft dropWords(Caller caller, MessageDraft draft) {
    return type(caller, draft.id(), draft.typed().text(""));
  }

  /**
   * Adds somebody to the recipients.
   *
   * @param who {@code to:} or {@code cc:} and an address
   */
  public MessageDraft add(Caller caller, MessageDraft draft, String who) {
    Typed typed = draft.typed();
    String address = who.substring(who.indexOf(':') + 1);
    Typed more =
        who.startsWith("cc:")
            ? typed.cc(line(typed.cc(), address))
            : typed.to(line(typed.to(), address));
    return type(caller, draft.id(), more);
  }

  private static String line(String field, String address) {
    return field.isBlank() ? address : field.stripTrailing() + "\n" + address;
  }

  /** The draft as it would leave, made by what sends. */
  public Preview preview(Caller caller, MessageDraft draft) {
    Written written = written(caller, draft);
    List<FieldError> errors = new ArrayList<>(written.errors());
    int people = people(written);
    DocumentRef ref = draft.document();
    long seen = ref == null ? 0 : stored(caller, ref).version();
    try {
      Composition composition = compose(caller, written.forPreview(STAND_IN));
      return new Preview(because(draft, composition), people, seen, errors);
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      errors.addAll(
          problem.errors().isEmpty()
              ? List.of(new FieldError("/account", problem.code(), problem.detail()))
              : problem.errors());
      return new Preview(null, people, seen, errors);
    }
  }

  /**
   * Sends it, after the time in which it can be taken back. The same draft again gives the same
   * message: a second press of the button sends nothing.
   *
   * @return id of the message
   * @throws Problem 422 with every field that is wrong, or where the document changed since it was
   *     looked at
   */
  public String send(Caller caller, MessageDraft draft) {
    caller.require(Right.SEND);
    if (draft.message() != null) return draft.message();
    Written written = written(caller, draft);
    if (!written.errors().isEmpty()) throw Problem.invalid(written.errors());
    requireSeen(caller, draft);
    Composition composition = sending.later(because(draft, compose(caller, written.request())));
    return database.write(sql -> {
      if (!MessageDraftRows.become(sql, draft.company(), draft.id(), composition.id()))
        return sent(MessageDraftRows.find(sql, draft.company(), draft.id()));
      return composer.store(caller, composition, false).id();
    });
  }

  /** Own words stand in the mail its template makes. */
  private Composition compose(Caller caller, MessageRequest request) {
    String own = request.text();
    if (own == null || request.document() == null) return composer.compose(caller, request);
    Composition template = composer.compose(caller, request.words(null, null).bare());
    OwnWords words = OwnWords.in(template.html());
    String html = words.html(own);
    if (html == null) return composer.compose(caller, request);
    String text = words.text(template.text(), own);
    return composer
        .compose(caller, request.words(html, text))
        .because("template", "Own words in: " + template.reasons().getOrDefault("template", ""));
  }

  private static String sent(Optional<MessageDraft> draft) {
    return draft
        .map(MessageDraft::message)
        .orElseThrow(() -> Problem.conflict("gone", "This draft does not exist any more."));
  }

  private Written written(Caller caller, MessageDraft draft) {
    List<Attachment> files =
        draft.files().isEmpty()
            ? List.of()
            : database.read(sql -> MessageDraftRows.attachments(sql, draft.company(), draft.id()));
    return Written.of(draft, files, access.company(caller.company()).timeZone(), database.now());
  }

  private void requireSeen(Caller caller, MessageDraft draft) {
    DocumentRef ref = draft.document();
    if (ref == null || stored(caller, ref).version() == draft.typed().seen()) return;
    throw Problem.invalid(
        "/subject",
        "document_changed",
        "The document changed meanwhile. Look at the preview, then send.");
  }

  /** Recipients nobody touched keep the reason they were preset for. */
  private static Composition because(MessageDraft draft, Composition composition) {
    String reason = draft.preset().recipients();
    boolean asPreset = draft.typed().goesToSameAs(draft.preset().fields());
    return asPreset && !reason.isEmpty()
        ? composition.because("recipients", reason)
        : composition.because("recipients", "Chosen by the sender");
  }

  private static int people(Written written) {
    MessageRequest request = written.request();
    return Addressed.of(request.to(), request.cc(), request.bcc(), "").recipients().size();
  }

  /** Where nobody is found, the subject is there all the same, and why nobody was found. */
  private Preset preset(Caller caller, DocumentRef document, @Nullable Purpose purpose) {
    long version = stored(caller, document).version();
    MessageRequest request = MessageRequest.of(document, purpose);
    try {
      Composition composition = composer.compose(caller, request);
      String reason = composition.reasons().getOrDefault("recipients", "");
      return new Preset(fields(composition, version), reason, purpose);
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      String nobody = problem.errorAt("/to");
      String subject = nobody == null ? "" : subject(caller, request);
      return new Preset(
          Typed.preset("", "", "", subject, version), nobody == null ? "" : nobody, purpose);
    }
  }

  private String subject(Caller caller, MessageRequest request) {
    try {
      return composer.compose(caller, request.to(List.of(STAND_IN))).subject();
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      return "";
    }
  }

  private static Typed fields(Composition composition, long version) {
    return Typed.preset(
        lines(composition, RecipientRole.TO),
        lines(composition, RecipientRole.CC),
        lines(composition, RecipientRole.BCC),
        composition.subject(),
        version);
  }

  private StoredDocument stored(Caller caller, DocumentRef ref) {
    return DocumentKind.of(ref.kind())
        .flatMap(kind -> documents.find(caller.company(), kind, ref.number()))
        .orElseThrow(() -> Problem.notFound("The document “" + ref.number() + "”"));
  }

  private static String lines(Composition composition, RecipientRole role) {
    return AddressList.lines(
        composition.recipients().stream()
            .filter(to -> to.role() == role)
            .map(Draft.To::address)
            .toList());
  }
}
