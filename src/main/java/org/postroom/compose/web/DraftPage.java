package org.postroom.compose.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.MessageDraft;
import org.postroom.compose.MessageDrafts;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MultipartFile;

/** A message being written: fields on the left, the very mail and what to look at on the right. */
@Controller
@RequestMapping("/send/drafts/{id}")
class DraftPage {
  private final MessageDrafts drafts;
  private final DraftView view;

  DraftPage(MessageDrafts drafts, DraftView view) {
    this.drafts = drafts;
    this.view = view;
  }

  @GetMapping
  String show(Caller caller, @PathVariable String id, Model model) {
    MessageDraft draft = drafts.get(caller, id);
    return draft.message() == null ? form(caller, draft, null, model) : done(draft.message());
  }

  /** Keeps what was typed; the files that were chosen come along with every button. */
  @PostMapping
  String change(
      Caller caller,
      @PathVariable String id,
      @ModelAttribute DraftForm form,
      @ModelAttribute Pressed pressed,
      Model model)
      throws IOException {
    MessageDraft draft = drafts.type(caller, id, form.typed());
    if (draft.message() != null) return done(draft.message());
    try {
      for (MultipartFile file : form.chosen()) drafts.attach(caller, id, Uploads.attachment(file));
      return act(caller, drafts.get(caller, id), pressed);
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return form(caller, drafts.get(caller, id), problem, model);
    }
  }

  /** Which button it was. */
  record Pressed(@Nullable String action, @Nullable String remove, @Nullable String add) {}

  private String act(Caller caller, MessageDraft draft, Pressed pressed) {
    if (pressed.remove() != null) {
      drafts.detach(caller, draft.id(), pressed.remove());
      return at(draft, "attachments");
    }
    if (pressed.add() != null) {
      drafts.add(caller, draft, pressed.add());
      return at(draft, "to");
    }
    return switch (pressed.action()) {
      case "send" -> done(drafts.send(caller, draft));
      case "words" -> at(drafts.takeWords(caller, draft), "text");
      case "template" -> at(drafts.dropWords(caller, draft), "text");
      case "attach" -> at(draft, "attachments");
      case null, default -> at(draft, "preview");
    };
  }

  private static String at(MessageDraft draft, String place) {
    return "redirect:/send/drafts/" + draft.id() + "#" + place;
  }

  /** For htmx: the right side alone. */
  @PostMapping("/preview")
  String preview(
      Caller caller, @PathVariable String id, @ModelAttribute DraftForm form, Model model) {
    boolean words = form.text() != null;
    view.refreshed(caller, drafts.glance(caller, id, form.typed(), words), model);
    return "compose/draft :: refreshed";
  }

  private String form(Caller caller, MessageDraft draft, @Nullable Problem problem, Model model) {
    view.page(caller, draft, model);
    model.addAttribute("problem", problem);
    return "compose/draft";
  }

  private static String done(String message) {
    return "redirect:/messages/" + message;
  }
}
