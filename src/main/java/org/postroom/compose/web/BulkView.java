package org.postroom.compose.web;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.compose.Batches.Part;
import org.postroom.compose.Bulk;
import org.postroom.compose.BulkDraft;
import org.postroom.compose.BulkDraft.Item;
import org.postroom.compose.BulkDraft.Result;
import org.postroom.compose.Composition;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page of many documents shows. */
@Component
class BulkView {
  private final Bulk bulk;
  private final DraftChoices choices;
  private final SentBefore sentBefore;
  private final Outbox outbox;
  private final Access access;

  BulkView(Bulk bulk, DraftChoices choices, SentBefore sentBefore, Outbox outbox, Access access) {
    this.bulk = bulk;
    this.choices = choices;
    this.sentBefore = sentBefore;
    this.outbox = outbox;
    this.access = access;
  }

  /**
   * One document.
   *
   * @param wrong why it cannot go, null where it can
   * @param shares what shares its message, null where nothing does
   */
  record Row(
      int place,
      Item item,
      String title,
      @Nullable Composition composition,
      @Nullable String to,
      @Nullable String wrong,
      @Nullable String shares,
      @Nullable String before,
      Options options) {}

  record Options(
      Map<String, String> accounts, Map<String, String> templates, Map<String, String> layouts) {}

  /** What became of some of them. */
  record Line(String title, @Nullable String message, String words, String to, boolean waits) {}

  void fill(Caller caller, BulkDraft draft, Model model) {
    Bulk.Look look = bulk.look(caller, draft);
    ZoneId zone = access.company(caller.company()).timeZone();
    List<Row> rows = new ArrayList<>();
    for (Part part : look.parts())
      for (int place : part.places()) rows.add(row(caller, draft, part, place, zone));
    rows.sort((a, b) -> Integer.compare(a.place(), b.place()));
    model.addAttribute("draft", draft);
    model.addAttribute("wish", draft.wish());
    model.addAttribute("rows", rows);
    model.addAttribute("messages", look.messages());
    model.addAttribute("held", rows.stream().filter(row -> row.wrong() != null).count());
    model.addAttribute("problem", look.problem());
    model.addAttribute("accounts", choices.accounts(caller, "-", null));
    model.addAttribute("layouts", layouts(draft));
    model.addAttribute("zone", zone.getId().replace('_', ' '));
    heading(draft, model);
  }

  private Row row(Caller caller, BulkDraft draft, Part part, int place, ZoneId zone) {
    Item item = draft.wish().items().get(place);
    Composition made = part.composition();
    Problem problem = part.problem();
    var options =
        new Options(
            choices.accounts(caller, item.account(), made),
            choices.templates(caller, item.document(), item.template(), made),
            choices.layouts(draft.company(), item.document(), item.layout(), made));
    return new Row(
        place,
        item,
        title(item.document()),
        made,
        made == null ? null : people(made),
        problem == null ? null : words(problem),
        shares(draft, part, place),
        sentBefore.words(caller.company(), item.document(), zone),
        options);
  }

  void sent(Caller caller, BulkDraft draft, List<Result> results, Model model) {
    List<Line> lines = results.stream().map(result -> line(caller, result)).toList();
    model.addAttribute("draft", draft);
    model.addAttribute("lines", lines);
    model.addAttribute("sent", lines.stream().filter(line -> line.message() != null).count());
    model.addAttribute("undo", undo(lines));
    model.addAttribute(
        "left",
        results.stream()
            .filter(result -> result.message() == null)
            .flatMap(result -> result.documents().stream())
            .map(org.postroom.compose.MessageDraft.Typed::further)
            .toList());
    heading(draft, model);
  }

  private static boolean undo(List<Line> lines) {
    return lines.stream().filter(line -> line.message() != null).allMatch(Line::waits);
  }

  private Line line(Caller caller, Result result) {
    Message message =
        result.message() == null
            ? null
            : outbox.find(caller.company(), result.message()).orElse(null);
    return new Line(
        result.documents().stream().map(BulkView::title).collect(Collectors.joining(", ")),
        result.message(),
        result.words(),
        message == null
            ? ""
            : message.recipients().stream()
                .map(to -> to.address().spec())
                .collect(Collectors.joining(", ")),
        message != null && message.untouched());
  }

  /** Only where all are of one kind: a layout prints some kinds only. */
  private Map<String, String> layouts(BulkDraft draft) {
    List<Item> items = draft.wish().items();
    boolean oneKind = items.stream().map(Item::kind).distinct().count() == 1;
    return oneKind
        ? choices.layouts(draft.company(), items.getFirst().document(), draft.wish().layout(), null)
        : Map.of();
  }

  private static void heading(BulkDraft draft, Model model) {
    int count = draft.wish().items().size();
    String title = "Add " + count + (count == 1 ? " document" : " documents") + " to the outbox";
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/documents", "Documents", title, null));
  }

  private static @Nullable String shares(BulkDraft draft, Part part, int place) {
    if (part.places().size() == 1) return null;
    return part.places().stream()
        .filter(other -> other != place)
        .map(other -> title(draft.wish().items().get(other).document()))
        .collect(Collectors.joining(", "));
  }

  private static String people(Composition composition) {
    return composition.recipients().stream()
        .map(to ->
            to.address().spec()
                + switch (to.role()) {
                  case TO -> "";
                  case CC -> " (copy)";
                  case BCC -> " (hidden copy)";
                })
        .collect(Collectors.joining(", "));
  }

  private static String words(Problem problem) {
    return problem.errors().isEmpty()
        ? problem.detail()
        : problem.errors().stream()
            .map(Problem.FieldError::message)
            .collect(Collectors.joining(" "));
  }

  private static String title(DocumentRef document) {
    String kind = DocumentKind.of(document.kind()).map(DocumentKind::words).orElse("Document");
    return kind + " " + document.number();
  }
}
