package org.postroom.compose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.Enclosures.Further;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.templates.Content;
import org.springframework.stereotype.Service;

/**
 * Many messages at once. Where that is wished, documents of one partner that go to the same people
 * from the same account share one message; what has words, a template, a time by rule or an
 * approval of its own stays alone.
 */
@Service
public class Batches {
  /** What a batch may weigh: it is composed before any of it is accepted. */
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private final Composer composer;
  private final SeveralDocuments several;

  Batches(Composer composer, SeveralDocuments several) {
    this.composer = composer;
    this.several = several;
  }

  /**
   * A message of the batch, or why there is none.
   *
   * @param places of the requests it stands for, from 0
   */
  public record Part(
      List<Integer> places, @Nullable Composition composition, @Nullable Problem problem) {
    public Part {
      places = List.copyOf(places);
    }
  }

  /** In the order of the requests; nothing is kept. */
  public List<Part> compose(Caller caller, List<MessageRequest> requests, boolean combine) {
    List<Single> singles = new ArrayList<>();
    for (int place = 0; place < requests.size(); place++)
      singles.add(single(caller, place, requests.get(place)));
    Map<Object, List<Single>> groups = new LinkedHashMap<>();
    for (Single single : singles) {
      Object key = combine ? single.key() : single.place();
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(single);
    }
    List<Part> parts = new ArrayList<>();
    groups.values().forEach(group -> parts.addAll(parts(caller, group)));
    return weighed(parts);
  }

  private Single single(Caller caller, int place, MessageRequest request) {
    try {
      return new Single(place, request, composer.compose(caller, request), null);
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      return new Single(place, request, null, problem);
    }
  }

  /** What cannot go together, such as being too large then, goes one by one. */
  private List<Part> parts(Caller caller, List<Single> group) {
    if (group.size() > 1) {
      try {
        List<Integer> places = group.stream().map(Single::place).toList();
        return List.of(new Part(places, together(caller, group), null));
      } catch (Problem problem) {
        if (problem.status() >= 500) throw problem;
      }
    }
    return group.stream()
        .map(one -> new Part(List.of(one.place()), one.composition(), one.problem()))
        .toList();
  }

  private Composition together(Caller caller, List<Single> group) {
    MessageRequest first = group.getFirst().request();
    Composition alone = Objects.requireNonNull(group.getFirst().composition());
    List<DocumentRef> documents =
        group.stream().map(one -> Objects.requireNonNull(one.request().document())).toList();
    Content content = several.words(first, alone, documents);
    MessageRequest request =
        new MessageRequest(
            first.document(),
            first.purpose(),
            people(alone, RecipientRole.TO),
            people(alone, RecipientRole.CC),
            people(alone, RecipientRole.BCC),
            content.subject(),
            content.html(),
            content.text(),
            enclosures(group),
            first.account(),
            null,
            first.layout(),
            first.sendAt(),
            first.bulk(),
            null);
    return composer
        .compose(caller, request)
        .because("recipients", alone.reasons().getOrDefault("recipients", ""))
        .because("template", content.reason());
  }

  private static Enclosures enclosures(List<Single> group) {
    DocumentRef own = Objects.requireNonNull(group.getFirst().request().document());
    Map<DocumentRef, Further> documents = new LinkedHashMap<>();
    List<Attachment> attached = new ArrayList<>();
    List<String> files = group.getFirst().request().enclosures().files();
    for (Single one : group) {
      DocumentRef document = Objects.requireNonNull(one.request().document());
      documents.putIfAbsent(document, new Further(document, one.request().layout()));
      for (Further further : one.request().enclosures().documents())
        documents.putIfAbsent(further.document(), further);
      for (DocumentRef ruled : Objects.requireNonNull(one.composition()).further())
        documents.putIfAbsent(ruled, new Further(ruled, null));
      attached.addAll(one.request().enclosures().attached());
    }
    documents.remove(own);
    return new Enclosures(
        attached,
        List.copyOf(documents.values()),
        files,
        group.getFirst().request().enclosures().standing());
  }

  private static List<Part> weighed(List<Part> parts) {
    List<Part> kept = new ArrayList<>();
    long size = 0;
    for (Part part : parts) {
      long more = part.composition() == null ? 0 : part.composition().mime().length;
      boolean fits = size + more <= MOST_BYTES;
      if (fits) size += more;
      kept.add(fits ? part : new Part(part.places(), null, tooLarge()));
    }
    return kept;
  }

  private static Problem tooLarge() {
    return Problem.of(
        413,
        "batch_too_large",
        "With its documents this batch is larger than 64 MB. Send this message in another one.");
  }

  private static List<Address> people(Composition composition, RecipientRole role) {
    return composition.recipients().stream()
        .filter(to -> to.role() == role)
        .map(Draft.To::address)
        .toList();
  }

  private record Single(
      int place,
      MessageRequest request,
      @Nullable Composition composition,
      @Nullable Problem problem) {

    /** The same for what shares a message; of its own where nothing may. */
    Object key() {
      Composition made = composition;
      if (made == null || !mayShare(made)) return place;
      Set<String> people =
          made.recipients().stream()
              .map(to -> to.role() + ":" + to.address().key())
              .collect(Collectors.toSet());
      Map<String, Object> key = new HashMap<>();
      key.put("people", people);
      key.put("account", made.account().id());
      key.put("partner", String.valueOf(made.partner()));
      key.put("at", String.valueOf(request.sendAt()));
      return key;
    }

    private boolean mayShare(Composition made) {
      boolean words = request.subject() != null || request.html() != null || request.text() != null;
      return made.document() != null
          && !words
          && request.template() == null
          && request.enclosures().files().isEmpty()
          && made.approval() == null
          && Objects.equals(made.sendAt(), request.sendAt());
    }
  }
}
