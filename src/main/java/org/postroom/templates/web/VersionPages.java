package org.postroom.templates.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.templates.Body;
import org.postroom.templates.Copies;
import org.postroom.templates.Template;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.TemplateVersion;
import org.postroom.templates.Templates;
import org.postroom.templates.WordDiff;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Earlier texts of a template: compare, take back; and parting with it. */
@Controller
@RequestMapping("/templates/{id:tpl_[0-9a-z]{26}}")
class VersionPages {
  private static final int MOST = 200;

  private final Templates templates;
  private final TemplateChanges changes;

  VersionPages(Templates templates, TemplateChanges changes) {
    this.templates = templates;
    this.changes = changes;
  }

  /** A part of a template in two versions. */
  record Part(String name, List<WordDiff.Piece> pieces) {}

  @GetMapping("/versions")
  String versions(Caller caller, @PathVariable String id, Model model) {
    Template template = page(caller, id, "Versions", model);
    model.addAttribute("versions", changes.versions(caller, id, MOST, Long.MAX_VALUE).data());
    model.addAttribute("title", "Versions of “" + template.name() + "”");
    return "templates/versions";
  }

  /** What changed from one version to another, by default to the newest. */
  @GetMapping("/versions/{number}")
  String compare(
      Caller caller,
      @PathVariable String id,
      @PathVariable long number,
      @RequestParam(defaultValue = "0") long with,
      Model model) {
    Template template = page(caller, id, "Version " + number, model);
    long newer = with == 0 ? template.version() : with;
    TemplateVersion before = changes.version(caller, id, number);
    TemplateVersion after = changes.version(caller, id, newer);
    model.addAttribute("title", "Version " + number + " and version " + newer);
    model.addAttribute("before", before);
    model.addAttribute("after", after);
    model.addAttribute("parts", parts(before, after));
    return "templates/compare";
  }

  @PostMapping("/versions/{number}/restore")
  String restore(
      Caller caller, @PathVariable String id, @PathVariable long number, RedirectAttributes next) {
    Template template = changes.restore(caller, id, number, null);
    next.addFlashAttribute(
        "said", "Version " + number + " is back, as version " + template.version() + ".");
    return "redirect:/templates/" + id;
  }

  @GetMapping("/delete")
  String ask(Caller caller, @PathVariable String id, Model model) {
    Template template = page(caller, id, "Delete", model);
    model.addAttribute("title", "Delete “" + template.name() + "”?");
    return "templates/delete";
  }

  @PostMapping("/delete")
  String delete(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    try {
      changes.delete(caller, id, null);
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      model.addAttribute("problem", problem);
      return ask(caller, id, model);
    }
    next.addFlashAttribute("said", "Deleted.");
    return "redirect:/templates";
  }

  private Template page(Caller caller, String id, String here, Model model) {
    Template template = templates.get(caller, id);
    model.addAttribute("template", template);
    model.addAttribute("mayChange", TemplateChanges.mayChange(caller, template));
    model.addAttribute("heading", new Heading("/templates/" + id, template.name(), here, null));
    return template;
  }

  private static List<Part> parts(TemplateVersion before, TemplateVersion after) {
    Map<String, String> old = texts(before);
    Map<String, String> now = texts(after);
    var names = new LinkedHashMap<>(old);
    now.forEach(names::putIfAbsent);
    List<Part> parts = new ArrayList<>();
    for (String name : names.keySet()) {
      String from = old.getOrDefault(name, "");
      String to = now.getOrDefault(name, "");
      if (!from.equals(to)) parts.add(new Part(name, WordDiff.of(from, to)));
    }
    return parts;
  }

  private static Map<String, String> texts(TemplateVersion version) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("Name", version.name());
    texts.put("Subject", version.body().subject());
    switch (version.body()) {
      case Body.Simple simple -> simple(texts, simple);
      case Body.Html own -> {
        texts.put("HTML", own.html());
        texts.put("Plain text", own.text() == null ? "" : own.text());
      }
    }
    Copies copies = version.copies();
    texts.put("Cc", String.join("\n", copies.cc().stream().map(each -> each.display()).toList()));
    texts.put("Bcc", String.join("\n", copies.bcc().stream().map(each -> each.display()).toList()));
    texts.put("Answers go to", copies.replyTo() == null ? "" : copies.replyTo().display());
    return texts;
  }

  private static void simple(Map<String, String> texts, Body.Simple simple) {
    texts.put("Preview line", simple.preheader());
    texts.put("Heading", simple.heading());
    texts.put("Greeting", simple.greeting());
    texts.put("Message", simple.message());
    texts.put("Words on the button", simple.button());
    texts.put("Closing", simple.closing());
    texts.put("Signature", simple.signature().on() ? simple.signature().text() : "");
    texts.put("Number, date and amount", yes(simple.blocks().amountBox()));
    texts.put("The lines of the document", yes(simple.blocks().itemTable()));
    texts.put("Button to pay or approve", yes(simple.blocks().payButton()));
    texts.put("Bank details", yes(simple.blocks().bankDetails()));
  }

  private static String yes(boolean shown) {
    return shown ? "shown" : "not shown";
  }
}
