package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.TemplatePreview;
import org.postroom.compose.TemplatePreviews;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.postroom.templates.Template;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.Templates;
import org.postroom.text.Placeholder;
import org.postroom.text.Plain;
import org.postroom.text.Scope;
import org.postroom.text.Vocabulary;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page of the template editor shows. */
@Component
class TemplateView {
  private static final int RECENT = 5;
  private static final int FOUND = 10;

  private final Templates templates;
  private final TemplatePreviews previews;
  private final Documents documents;

  TemplateView(Templates templates, TemplatePreviews previews, Documents documents) {
    this.templates = templates;
    this.previews = previews;
    this.documents = documents;
  }

  /** Placeholders that belong together, as the palette shows them. */
  record Group(String name, List<Line> lines) {}

  /**
   * @param insert what is put at the cursor
   * @param value what it would be now; empty where the document has none
   */
  record Line(String name, String insert, String value) {}

  /**
   * The whole page.
   *
   * @param stored null for one that is not kept yet
   */
  void page(Caller caller, @Nullable Template stored, TemplateForm form, Model model) {
    String purpose = form.get("purpose");
    String what = upper(templates.name(purpose)) + " in " + language(form);
    String title = stored == null ? "New template: " + what : stored.name();
    Chip chip = stored != null && stored.isDefault() ? new Chip("ok", "tick", "In use") : null;
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/templates", "Templates", what, chip));
    model.addAttribute("stored", stored);
    model.addAttribute("form", form);
    model.addAttribute("languageName", language(form));
    model.addAttribute("purposeName", templates.name(purpose));
    model.addAttribute("mayChange", stored == null || TemplateChanges.mayChange(caller, stored));
    model.addAttribute(
        "hasBuiltIn",
        templates.builtIn(caller.company(), purpose, form.get("language")).isPresent());
    model.addAttribute(
        "testTo", form.get("test_to").isEmpty() ? address(caller) : form.get("test_to"));
    right(caller, form, model);
    model.addAttribute("documents", documents(caller, form));
    model.addAttribute("palette", palette(caller, form));
  }

  /** The mail and what to look at. */
  void right(Caller caller, TemplateForm form, Model model) {
    model.addAttribute("form", form);
    List<Check> checks = new ArrayList<>();
    TemplatePreview preview = null;
    try {
      preview = preview(caller, form);
      for (String warning : preview.warnings()) checks.add(new Check("warn", warning, null));
      if (checks.isEmpty()) checks.add(new Check("ok", "Nothing to look at.", null));
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      checks.addAll(failures(problem));
    }
    model.addAttribute("preview", preview);
    model.addAttribute("checks", checks);
    model.addAttribute("version", preview == null ? "0" : fingerprint(preview));
    model.addAttribute("inboxLine", preview == null ? "" : preheader(form, preview));
  }

  TemplatePreview preview(Caller caller, TemplateForm form) {
    Template template = Template.unsaved(caller.company(), form.sketch());
    return previews.preview(caller, template, form.document());
  }

  List<Group> palette(Caller caller, TemplateForm form) {
    Map<String, Object> values = Map.of();
    Locale language = Locale.of(form.get("language"));
    try {
      TemplatePreview shown = values(caller, form);
      values = shown.model();
      language = shown.language();
    } catch (Problem none) {
      if (none.status() >= 500) throw none;
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    for (var group : Vocabulary.groups(Scope.MAIL))
      groups.put(group.id(), new Group(group.name(), new ArrayList<>()));
    for (var each : Vocabulary.values(Plain.of(values), Scope.MAIL, language)) {
      Group group = groups.get(each.placeholder().group());
      if (group != null) group.lines().add(line(each.placeholder(), each.value()));
    }
    return groups.values().stream().filter(group -> !group.lines().isEmpty()).toList();
  }

  /** The document's values do not depend on what is typed, which may be wrong at the moment. */
  private TemplatePreview values(Caller caller, TemplateForm form) {
    String purpose = form.get("purpose");
    Template any =
        templates
            .builtIn(caller.company(), purpose, form.get("language"))
            .or(() -> templates.builtIn(caller.company(), purpose, "en"))
            .orElseThrow(() -> Problem.notFound("This purpose"));
    return previews.preview(caller, any, form.document());
  }

  private static Line line(Placeholder placeholder, String value) {
    String name = placeholder.name();
    String within = placeholder.within() == null ? "" : " (inside " + placeholder.within() + ")";
    return new Line(name + within, placeholder.insert(), cut(value));
  }

  private static List<Check> failures(Problem problem) {
    if (problem.errors().isEmpty()) return List.of(new Check("fail", problem.detail(), null));
    return problem.errors().stream()
        .map(error ->
            new Check("fail", error.message(), error.pointer().substring(1).replace('/', '-')))
        .toList();
  }

  /** The last ones of the kind, or those that were searched for, and the chosen one. */
  Map<String, String> documents(Caller caller, TemplateForm form) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "A made-up document");
    DocumentKind kind = Purpose.of(form.get("purpose")).map(TemplatePreviews::kind).orElse(null);
    String text = form.get("q").strip();
    var filter =
        new DocumentFilter(kind, null, text.isEmpty() ? null : cut(text), null, null, null);
    int most = text.isEmpty() ? RECENT : FOUND;
    documents
        .list(caller.company(), filter, most, null)
        .data()
        .forEach(each -> choices.put(key(each.document()), words(each.document())));
    DocumentRef chosen = form.document();
    if (chosen != null) choices.putIfAbsent(form.get("document"), chosen.number());
    return choices;
  }

  private static String key(Document document) {
    return document.kind().word() + "/" + document.number();
  }

  private static String words(Document document) {
    String who = Optional.ofNullable(document.addressee()).map(Document.Party::name).orElse("");
    return document.number() + (who.isEmpty() ? "" : ", " + who);
  }

  /** Changes with the mail's HTML, so that the frame is loaded anew exactly then. */
  private static String fingerprint(TemplatePreview preview) {
    return Integer.toHexString(preview.content().html().hashCode());
  }

  /** What mailboxes show beside the subject. */
  private static String preheader(TemplateForm form, TemplatePreview preview) {
    var mail = org.jsoup.Jsoup.parse(preview.content().html());
    var hidden = mail.selectFirst("body > div");
    String words = form.html() || hidden == null ? "" : hidden.text();
    return cut(words.isBlank() ? mail.body().text() : words);
  }

  private static String language(TemplateForm form) {
    String name = Locale.of(form.get("language")).getDisplayLanguage(Locale.ENGLISH);
    return name.isEmpty() ? "another language" : name;
  }

  private static String address(Caller caller) {
    return caller.email() == null ? "" : caller.email();
  }

  private static String upper(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String cut(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
