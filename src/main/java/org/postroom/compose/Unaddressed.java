package org.postroom.compose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Purpose;
import org.springframework.stereotype.Service;

/**
 * Documents whose mail had nobody to go to: work for a person, never silence. One is settled when
 * the document is sent after all, however that came about, or when somebody says it need not be.
 */
@Service
public class Unaddressed {
  /** The code of the problem that makes one. */
  public static final String NO_RECIPIENT = "no_recipient";

  private static final int MOST = 500;
  private final Database database;
  private final Outbox outbox;
  private final Composer composer;

  Unaddressed(Database database, Outbox outbox, Composer composer) {
    this.database = database;
    this.outbox = outbox;
    this.composer = composer;
  }

  /**
   * A document that waits for an address.
   *
   * @param reason where was looked: "No address: looked for …"
   * @param askedBy what or who wanted to send it
   */
  public record Item(
      DocumentRef document, Purpose purpose, String reason, String askedBy, Instant since) {}

  /** Notes that a mail could not be addressed; joins the caller's transaction. */
  public void note(
      String company, DocumentRef document, Purpose purpose, String reason, String askedBy) {
    database.run(sql ->
        UnaddressedRows.note(
            sql, company, new Item(document, purpose, reason, askedBy, sql.now())));
  }

  /**
   * Notes a request that a program made in vain because nobody was found; other refusals, free mail
   * and what was asked for with a test key are nobody's work.
   */
  public void noteIfSo(Caller caller, MessageRequest request, Problem refused) {
    DocumentRef document = request.document();
    boolean nobody = refused.errors().stream().anyMatch(error -> error.code().equals(NO_RECIPIENT));
    Optional<DocumentKind> kind =
        document == null ? Optional.empty() : DocumentKind.of(document.kind());
    if (!nobody || document == null || kind.isEmpty() || caller.test()) return;
    Purpose meant = request.purpose() == null ? Purposes.of(kind.get()) : request.purpose();
    note(caller.company(), document, meant, refused.detail(), caller.name());
  }

  /** Those that still wait, the oldest first. Those sent meanwhile are settled on the way. */
  public List<Item> open(String company) {
    List<Item> open = new ArrayList<>();
    List<Item> sent = new ArrayList<>();
    for (Item item : database.read(sql -> UnaddressedRows.open(sql, company, MOST)))
      (wasSent(company, item) ? sent : open).add(item);
    if (!sent.isEmpty())
      database.run(
          sql -> sent.forEach(item -> UnaddressedRows.settle(sql, company, item, null, sql.now())));
    return open;
  }

  private boolean wasSent(String company, Item item) {
    var filter = MessageFilter.ALL.document(item.document().kind(), item.document().number());
    return outbox.list(Caller.postroom(company), filter, 20, null).data().stream()
        .anyMatch(message -> !message.createdAt().isBefore(item.since()) && isAbout(message, item));
  }

  private static boolean isAbout(Message message, Item item) {
    String purpose = message.purpose();
    return purpose == null || purpose.equals(item.purpose().word());
  }

  /**
   * Sends it as it would have gone by itself, now that there is an address.
   *
   * @throws Problem 422 {@code no_recipient} where there is still none, or whatever else speaks
   *     against sending; 404 where somebody settled it already
   */
  public Message send(Caller caller, DocumentRef document, Purpose purpose) {
    caller.require(Right.SEND);
    String company = caller.company();
    Item item = found(company, document, purpose);
    Composition composition =
        composer.compose(Caller.postroom(company), MessageRequest.of(document, purpose));
    var origin = new Message.Origin("person", caller.id(), caller.name());
    return database.write(sql -> {
      if (!UnaddressedRows.settle(sql, company, item, caller, sql.now())) throw gone();
      return composer.store(composition, origin, false);
    });
  }

  /** Somebody says that it need not be sent. */
  public void dismiss(Caller caller, DocumentRef document, Purpose purpose) {
    caller.require(Right.SEND);
    Item item = found(caller.company(), document, purpose);
    database.run(sql -> {
      UnaddressedRows.settle(sql, caller.company(), item, caller, sql.now());
    });
  }

  private Item found(String company, DocumentRef document, Purpose purpose) {
    return database
        .read(sql -> UnaddressedRows.find(sql, company, document, purpose))
        .orElseThrow(Unaddressed::gone);
  }

  private static Problem gone() {
    return Problem.notFound("This entry");
  }
}
