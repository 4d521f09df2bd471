package org.postroom.compose.web;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.templates.Body;
import org.postroom.templates.Template;
import org.postroom.templates.Template.Level;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The editor of templates: words on the left, the mail on the right. */
@Controller
class TemplateEditor {
  private static final String ID = "{id:tpl_[0-9a-z]{26}}";
  private static final Set<Integer> TOLD = Set.of(409, 412, 422);

  private final Templates templates;
  private final TemplateChanges changes;
  private final TemplateView view;

  TemplateEditor(Templates templates, TemplateChanges changes, TemplateView view) {
    this.templates = templates;
    this.changes = changes;
    this.view = view;
  }

  /** From the built-in text, or from another template. */
  @GetMapping("/templates/new")
  String fresh(
      Caller caller,
      @RequestParam(defaultValue = "invoice") String purpose,
      @RequestParam(defaultValue = "en") String language,
      @RequestParam(defaultValue = "application") String level,
      @RequestParam(required = false) @Nullable String from,
      Model model) {
    boolean personal = level.equals("personal") || !caller.may(Right.MANAGE_TEMPLATES);
    caller.require(personal ? Right.SEND : Right.MANAGE_TEMPLATES);
    Template start = from == null ? start(caller, purpose, language) : templates.get(caller, from);
    String kept = from == null && language.matches("[a-z]{2,3}") ? language : start.language();
    TemplateForm form =
        TemplateForm.of(start)
            .with("language", kept)
            .with("level", personal ? "personal" : "application")
            .with("revision", "")
            .with("name", from == null ? "" : "Copy of " + start.name())
            .with("default", isFirst(caller, start.purpose(), kept, personal) ? "true" : "");
    return show(caller, null, form, null, model);
  }

  @PostMapping("/templates/new")
  String create(
      Caller caller,
      @RequestParam Map<String, String> fields,
      Model model,
      RedirectAttributes next) {
    var form = new TemplateForm(fields);
    if (turnsToHtml(form)) return show(caller, null, html(form), null, model);
    if (!form.get("action").equals("save")) return show(caller, null, form, null, model);
    try {
      Template made = changes.create(caller, form.draft());
      next.addFlashAttribute("said", said(made));
      return "redirect:/templates/" + made.id();
    } catch (Problem problem) {
      if (!TOLD.contains(problem.status())) throw problem;
      return show(caller, null, form, problem, model);
    }
  }

  @GetMapping("/templates/" + ID)
  String edit(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String document,
      Model model) {
    Template template = templates.get(caller, id);
    var form = TemplateForm.of(template).with("document", document);
    return show(caller, template, form, null, model);
  }

  @PostMapping("/templates/" + ID)
  String save(
      Caller caller,
      @PathVariable String id,
      @RequestParam Map<String, String> fields,
      Model model,
      RedirectAttributes next) {
    Template before = templates.get(caller, id);
    TemplateForm form =
        new TemplateForm(fields)
            .with("purpose", before.purpose())
            .with("language", before.language())
            .with("level", before.level().word());
    if (turnsToHtml(form)) return show(caller, before, html(form), null, model);
    if (!form.get("action").equals("save")) return show(caller, before, form, null, model);
    try {
      Template after = changes.update(caller, id, form.revision(), form::change);
      next.addFlashAttribute("said", said(after));
      if (form.document() != null) next.addAttribute("document", form.get("document"));
      return "redirect:/templates/" + id;
    } catch (Problem problem) {
      if (!TOLD.contains(problem.status())) throw problem;
      return show(caller, before, form, problem, model);
    }
  }

  /** The words of the built-in text as a new version. */
  @PostMapping("/templates/" + ID + "/built-in")
  String builtIn(Caller caller, @PathVariable String id, RedirectAttributes next) {
    Template before = templates.get(caller, id);
    Template builtIn =
        templates
            .builtIn(caller.company(), before.purpose(), before.language())
            .orElseThrow(() -> Problem.notFound("A built-in text in this language"));
    var form = TemplateForm.of(before).with(builtIn.body()).with("note", "Built-in text restored");
    changes.update(caller, id, null, form::change);
    next.addFlashAttribute("said", "The built-in text is back. Earlier ones are in the versions.");
    return "redirect:/templates/" + id;
  }

  private String show(
      Caller caller,
      @Nullable Template stored,
      TemplateForm form,
      @Nullable Problem problem,
      Model model) {
    view.page(caller, stored, form, model);
    model.addAttribute("problem", problem);
    return "compose/template";
  }

  private Template start(Caller caller, String purpose, String language) {
    return templates
        .builtIn(caller.company(), purpose, language)
        .or(() -> templates.builtIn(caller.company(), purpose, "en"))
        .orElseThrow(() -> Problem.notFound("A mail of this purpose"));
  }

  /** The first own text of a purpose and language is most likely meant to be used. */
  private boolean isFirst(Caller caller, String purpose, String language, boolean personal) {
    return !personal
        && templates.choices(caller.company(), null, purpose).stream()
            .noneMatch(each -> each.isDefault() && each.language().equals(language));
  }

  private static boolean turnsToHtml(TemplateForm form) {
    return form.get("action").equals("html") && !form.html();
  }

  private static TemplateForm html(TemplateForm form) {
    Body body = form.with("name", "x").with("default", "").draft().body();
    return body instanceof Body.Simple simple ? form.with(Templates.asHtml(simple)) : form;
  }

  private static String said(Template template) {
    String version = "Saved as version " + template.version() + ".";
    if (template.level() == Level.PERSONAL) return version + " Only you see it.";
    return template.isDefault() ? version + " It is in use from now on." : version;
  }
}
