package org.postroom.compose.web;

import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.TemplatePreviews;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.templates.Template;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.Templates;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.HtmlUtils;

/** What the editor shows while somebody types: the mail itself, what to look at, a test. */
@Controller
@RequestMapping("/templates/preview")
class TemplateFrames {
  private final Templates templates;
  private final TemplatePreviews previews;
  private final TemplateView view;

  TemplateFrames(Templates templates, TemplatePreviews previews, TemplateView view) {
    this.templates = templates;
    this.previews = previews;
    this.view = view;
  }

  /** A stored or built-in text. */
  @GetMapping("/mail")
  ResponseEntity<byte[]> stored(
      Caller caller,
      @RequestParam String template,
      @RequestParam(defaultValue = "") String document) {
    DocumentRef ref = new TemplateForm(Map.of("document", document)).document();
    return frame(() -> previews.preview(caller, templates.get(caller, template), ref));
  }

  /** What is being typed. */
  @PostMapping("/mail")
  ResponseEntity<byte[]> typed(Caller caller, @RequestParam Map<String, String> fields) {
    TemplateChanges.requireMaking(caller);
    return frame(() -> view.preview(caller, new TemplateForm(fields)));
  }

  /** For htmx: what changes while somebody types; palette and documents only where they do. */
  @PostMapping
  String right(Caller caller, @RequestParam Map<String, String> fields, Model model) {
    TemplateChanges.requireMaking(caller);
    var form = new TemplateForm(fields);
    view.right(caller, form, model);
    if (!form.get("document").equals(form.get("seen_document")))
      model.addAttribute("palette", view.palette(caller, form));
    if (!form.get("q").equals(form.get("seen_q")))
      model.addAttribute("documents", view.documents(caller, form));
    return "compose/template :: refreshed";
  }

  /** Sends what is typed to try it; for htmx the result alone. */
  @PostMapping("/test")
  String test(
      Caller caller,
      @RequestParam Map<String, String> fields,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
      Model model) {
    caller.require(Right.SEND);
    var form = new TemplateForm(fields);
    try {
      Message message = test(caller, form);
      model.addAttribute("tested", message.id());
      model.addAttribute("testedTo", message.recipients().getFirst().address().spec());
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      model.addAttribute("untested", problem.detail());
    }
    if (htmx) return "compose/template :: tested";
    String id = form.get("template");
    Template stored = id.isEmpty() ? null : templates.get(caller, id);
    view.page(caller, stored, form, model);
    return "compose/template";
  }

  private Message test(Caller caller, TemplateForm form) {
    Address to;
    try {
      to = Address.parse(form.get("test_to"));
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid("/test_to", "invalid", String.valueOf(wrong.getMessage()));
    }
    Template template = Template.unsaved(caller.company(), form.sketch());
    return previews.test(caller, template, form.document(), to);
  }

  private interface Shown {
    org.postroom.compose.TemplatePreview now();
  }

  private static ResponseEntity<byte[]> frame(Shown shown) {
    try {
      return Untrusted.frame(shown.now().content().html());
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      return Untrusted.frame(
          "<!doctype html><html lang=\"en\"><title>No preview</title><body style=\"font-family:"
              + "sans-serif;color:#4a5565;padding:24px\"><p>There is no preview until this is"
              + " settled: "
              + HtmlUtils.htmlEscape(problem.detail(), "UTF-8")
              + "</p>");
    }
  }
}
