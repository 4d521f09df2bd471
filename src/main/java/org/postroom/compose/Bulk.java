package org.postroom.compose;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.Batches.Part;
import org.postroom.compose.BulkDraft.Item;
import org.postroom.compose.BulkDraft.Result;
import org.postroom.compose.BulkDraft.Wish;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Service;

/** Adds many documents to the outbox at once: each once, however often the button is pressed. */
@Service
public class Bulk {
  private static final int MOST = 100;
  private static final Duration FORGOTTEN = Duration.ofDays(30);
  private final Batches batches;
  private final Composer composer;
  private final Outbox outbox;
  private final Access access;
  private final Sending sending;
  private final Database database;

  Bulk(
      Batches batches,
      Composer composer,
      Outbox outbox,
      Access access,
      Sending sending,
      Database database) {
    this.batches = batches;
    this.composer = composer;
    this.outbox = outbox;
    this.access = access;
    this.sending = sending;
    this.database = database;
  }

  /**
   * How it would go: the messages it makes, and what cannot go.
   *
   * @param problem with the time, null where it is fine
   */
  public record Look(List<Part> parts, @Nullable Problem problem) {
    /** How many messages go out. */
    public long messages() {
      return parts.stream().filter(part -> part.composition() != null).count();
    }
  }

  /** Up to 100 documents, everything by the rules. */
  public BulkDraft start(Caller caller, List<DocumentRef> documents) {
    caller.require(Right.SEND);
    if (documents.isEmpty())
      throw Problem.invalid("/document", "required", "Tick the documents first.");
    List<Item> items = documents.stream().distinct().map(Item::of).toList();
    if (items.size() > MOST)
      throw Problem.invalid("/document", "too_many", "At most 100 documents go at once.");
    var draft =
        new BulkDraft(
            caller.company(),
            Ids.next("blk"),
            caller.id(),
            new Wish(items, false, "", "", false, ""),
            null);
    database.run(sql -> {
      BulkRows.forget(sql, caller.company(), sql.now().minus(FORGOTTEN));
      BulkRows.insert(sql, draft);
    });
    return draft;
  }

  /** The caller's own; for everybody else it does not exist. */
  public BulkDraft get(Caller caller, String id) {
    caller.require(Right.SEND);
    return database
        .read(sql -> BulkRows.find(sql, caller.company(), id))
        .filter(draft -> draft.person().equals(caller.id()))
        .orElseThrow(() -> Problem.notFound("These documents"));
  }

  public BulkDraft change(Caller caller, String id, Wish wish) {
    get(caller, id);
    database.run(sql -> BulkRows.change(sql, caller.company(), id, wish));
    return get(caller, id);
  }

  /** How it would go, made by what sends. */
  public Look look(Caller caller, BulkDraft draft) {
    Wish wish = draft.wish();
    Problem problem = null;
    Instant at = null;
    try {
      at = at(caller, wish);
    } catch (Problem wrong) {
      problem = wrong;
    }
    return new Look(parts(caller, wish, requests(wish, at), wish.combine()), problem);
  }

  /**
   * Sends what can be sent; the same again gives the same results.
   *
   * @throws Problem 422 where the time is wrong, or nothing of it can be sent
   */
  public List<Result> send(Caller caller, BulkDraft draft) {
    caller.require(Right.SEND);
    if (draft.results() != null) return draft.results();
    Wish wish = draft.wish();
    List<Part> parts = parts(caller, wish, requests(wish, at(caller, wish)), wish.combine());
    if (parts.stream().allMatch(part -> part.composition() == null))
      throw Problem.invalid("/document", "nothing", "Nothing of this can be sent as it is.");
    List<Composition> ready = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (Part part : parts) results.add(result(wish, part, ready));
    return database.write(sql -> {
      if (!BulkRows.become(sql, draft, results)) return sent(caller, draft.id());
      for (Composition one : ready) composer.store(caller, one, true);
      return results;
    });
  }

  /**
   * Takes all of it back while none of it has left.
   *
   * @throws Problem 409 where it is too late for one of them: then nothing is taken back
   */
  public void undo(Caller caller, BulkDraft draft) {
    List<Result> results = draft.results();
    if (results == null) return;
    database.run(sql -> {
      for (Result result : results)
        if (result.message() != null) outbox.takeBack(caller, result.message());
      BulkRows.reopen(sql, draft);
    });
  }

  private List<Result> sent(Caller caller, String id) {
    return Objects.requireNonNullElse(get(caller, id).results(), List.of());
  }

  /** An address that cannot be read keeps its document back. */
  private List<Part> parts(
      Caller caller, Wish wish, List<MessageRequest> requests, boolean combine) {
    return batches.compose(caller, requests, combine).stream()
        .map(part -> {
          String trouble = trouble(wish, part.places());
          return trouble == null
              ? part
              : new Part(part.places(), null, Problem.invalid("/to", "invalid", trouble));
        })
        .toList();
  }

  private static @Nullable String trouble(Wish wish, List<Integer> places) {
    String troubles =
        places.stream()
            .flatMap(place -> AddressList.read(wish.items().get(place).to()).troubles().stream())
            .collect(Collectors.joining(" "));
    return troubles.isEmpty() ? null : troubles;
  }

  private Result result(Wish wish, Part part, List<Composition> ready) {
    List<DocumentRef> documents =
        part.places().stream().map(place -> wish.items().get(place).document()).toList();
    Composition composition = part.composition();
    if (composition == null) {
      Problem problem = Objects.requireNonNull(part.problem());
      return new Result(documents, null, problem.detail());
    }
    ready.add(sending.later(composition));
    return new Result(documents, composition.id(), "");
  }

  private @Nullable Instant at(Caller caller, Wish wish) {
    if (!wish.later()) return null;
    return SendTime.read(wish.at(), access.company(caller.company()).timeZone(), database.now());
  }

  private static List<MessageRequest> requests(Wish wish, @Nullable Instant at) {
    return wish.items().stream().map(item -> request(wish, item, at)).toList();
  }

  private static MessageRequest request(Wish wish, Item item, @Nullable Instant at) {
    List<Address> to = AddressList.read(item.to()).addresses();
    return new MessageRequest(
        item.document(),
        null,
        to,
        List.of(),
        List.of(),
        null,
        null,
        null,
        Enclosures.NONE,
        chosen(item.account(), wish.account()),
        chosen(item.template(), ""),
        chosen(item.layout(), wish.layout()),
        at,
        true,
        null);
  }

  private static @Nullable String chosen(String own, String all) {
    if (!own.isBlank()) return own;
    return all.isBlank() ? null : all;
  }
}
