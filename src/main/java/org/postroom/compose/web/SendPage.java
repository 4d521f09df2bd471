package org.postroom.compose.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.MessageDraft;
import org.postroom.compose.MessageDrafts;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.Documents;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The start of sending by hand: which document, or none. */
@Controller
class SendPage {
  private static final int ON_A_PAGE = 20;
  private final MessageDrafts drafts;
  private final Documents documents;

  SendPage(MessageDrafts drafts, Documents documents) {
    this.drafts = drafts;
    this.documents = documents;
  }

  @GetMapping("/send")
  String choose(
      Caller caller,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String cursor,
      Model model) {
    caller.require(Right.SEND);
    String text = q.length() > 200 ? q.substring(0, 200).strip() : q.strip();
    var filter = new DocumentFilter(null, null, text.isEmpty() ? null : text, null, null, null);
    model.addAttribute("pick", true);
    model.addAttribute("q", text);
    model.addAttribute("cursor", cursor);
    model.addAttribute("slice", documents.list(caller.company(), filter, ON_A_PAGE, given(cursor)));
    model.addAttribute("begun", text.isEmpty() && cursor.isEmpty() ? begun(caller) : List.of());
    return "compose/choose";
  }

  /** One line of what was begun. */
  record Begun(String id, String title, String to) {}

  private List<Begun> begun(Caller caller) {
    return drafts.begun(caller).stream()
        .map(draft ->
            new Begun(
                draft.id(),
                draft.typed().subject().isBlank() ? "(no subject)" : draft.typed().subject(),
                draft.typed().to().replaceAll("\\s*\\R\\s*", ", ")))
        .toList();
  }

  @PostMapping("/send/drafts/{id}/drop")
  String drop(Caller caller, @PathVariable String id, RedirectAttributes next) {
    drafts.drop(caller, id);
    next.addFlashAttribute("said", "The draft is gone.");
    return "redirect:/send";
  }

  @GetMapping(path = "/send", params = "number")
  String document(
      Caller caller,
      @RequestParam String kind,
      @RequestParam String number,
      @RequestParam(defaultValue = "") String purpose) {
    var document = new DocumentRef(kind, number);
    return open(drafts.start(caller, document, Purpose.of(purpose).orElse(null)));
  }

  @GetMapping("/send/message")
  String message(Caller caller) {
    return open(drafts.start(caller, null));
  }

  /** A draft has an address of its own, so that loading the page again keeps what was typed. */
  private static String open(MessageDraft draft) {
    return "redirect:/send/drafts/" + draft.id();
  }

  private static @Nullable String given(String cursor) {
    return cursor.isEmpty() ? null : cursor;
  }
}
