package org.postroom.documents.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.documents.OwnLayout;
import org.postroom.documents.OwnLayouts;
import org.postroom.documents.own.Compared;
import org.postroom.documents.own.PageImages;
import org.postroom.documents.own.Starter;
import org.postroom.http.Framed;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.text.Scope;
import org.postroom.text.Vocabulary;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Layouts for people: which there are, making one, looking at it, going back to a former one. */
@Controller
@RequestMapping("/layouts")
class LayoutPages {
  private static final int SHOWN_PAGES = 3;
  private final OwnLayouts layouts;

  LayoutPages(OwnLayouts layouts) {
    this.layouts = layouts;
  }

  @GetMapping
  String list(Caller caller, Model model) {
    model.addAttribute("own", layouts.list(caller.company()));
    model.addAttribute("builtIn", Layouts.builtIn());
    model.addAttribute("starters", Starter.all());
    model.addAttribute("mayWrite", caller.may(Right.MANAGE_TEMPLATES));
    return "documents/layouts";
  }

  @GetMapping("/new")
  String begin(Caller caller, @RequestParam(defaultValue = "invoice") String from, Model model) {
    caller.require(Right.MANAGE_TEMPLATES);
    Starter starter = Starter.of(from).orElseThrow(() -> Problem.notFound("“" + from + "”"));
    LayoutForm form = LayoutForm.of(starter);
    show(caller, null, form, model);
    return editor(caller, null, form, null, model);
  }

  @PostMapping("/new")
  String create(
      Caller caller, @ModelAttribute LayoutForm form, Model model, RedirectAttributes next)
      throws IOException {
    try {
      OwnLayout made = layouts.create(caller, form.draft(null));
      return saved(
          made, "The layout is stored. Choose it where kinds and partners are set up.", next);
    } catch (Problem problem) {
      return refused(caller, null, form, problem, model);
    }
  }

  @GetMapping("/{id}")
  String edit(Caller caller, @PathVariable String id, Model model) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout layout = layouts.get(caller.company(), id);
    LayoutForm form = LayoutForm.of(layout);
    show(caller, layout, form, model);
    return editor(caller, layout, form, null, model);
  }

  @PostMapping("/{id}")
  String change(
      Caller caller,
      @PathVariable String id,
      @ModelAttribute LayoutForm form,
      Model model,
      RedirectAttributes next)
      throws IOException {
    OwnLayout stored = layouts.get(caller.company(), id);
    try {
      var draft = form.draft(stored);
      return saved(layouts.update(caller, id, form.version(), now -> draft), "Saved.", next);
    } catch (Problem problem) {
      return refused(caller, stored, form, problem, model);
    }
  }

  /** The editor with what is typed, printed; nothing is stored. */
  @PostMapping("/preview")
  String preview(
      Caller caller,
      @RequestParam(required = false) @Nullable String id,
      @ModelAttribute LayoutForm form,
      Model model) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout stored = stored(caller, id);
    Problem problem = show(caller, stored, form, model);
    return editor(caller, stored, form, problem, model);
  }

  /** The same as a PDF to keep. */
  @PostMapping("/preview.pdf")
  ResponseEntity<byte[]> pdf(
      Caller caller,
      @RequestParam(required = false) @Nullable String id,
      @ModelAttribute LayoutForm form)
      throws IOException {
    OwnLayout stored = stored(caller, id);
    return Framed.pdf(layouts.preview(caller, form.design(stored), form.wish()), "preview.pdf");
  }

  @GetMapping("/{id}/versions")
  String versions(Caller caller, @PathVariable String id, Model model) {
    OwnLayout now = layouts.get(caller.company(), id);
    model.addAttribute("now", now);
    model.addAttribute("versions", layouts.versions(caller.company(), id));
    heading(now, "Versions", model);
    return "documents/layout-versions";
  }

  @GetMapping("/{id}/versions/{number:[0-9]{1,18}}")
  String compare(Caller caller, @PathVariable String id, @PathVariable long number, Model model) {
    OwnLayout now = layouts.get(caller.company(), id);
    OwnLayout old = layouts.version(caller.company(), id, number);
    model.addAttribute("now", now);
    model.addAttribute("old", old);
    model.addAttribute("html", Compared.lines(old.html(), now.html()));
    model.addAttribute("css", Compared.lines(old.css(), now.css()));
    model.addAttribute("mayWrite", caller.may(Right.MANAGE_TEMPLATES));
    heading(now, "Version " + number, model);
    return "documents/layout-compare";
  }

  @PostMapping("/{id}/versions/{number:[0-9]{1,18}}/restore")
  String restore(
      Caller caller, @PathVariable String id, @PathVariable long number, RedirectAttributes next) {
    OwnLayout layout = layouts.restore(caller, id, null, number);
    return saved(layout, "Version " + number + " is in use again.", next);
  }

  @GetMapping("/{id}/delete")
  String askDelete(Caller caller, @PathVariable String id, Model model) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout layout = layouts.get(caller.company(), id);
    model.addAttribute("layout", layout);
    model.addAttribute("use", layouts.use(caller.company(), id).orElse(null));
    heading(layout, "Delete", model);
    return "documents/layout-delete";
  }

  @PostMapping("/{id}/delete")
  String delete(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    try {
      layouts.delete(caller, id, null);
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      return askDelete(caller, id, model);
    }
    next.addFlashAttribute("said", "The layout is deleted.");
    return "redirect:/layouts";
  }

  private @Nullable OwnLayout stored(Caller caller, @Nullable String id) {
    return id == null || id.isEmpty() ? null : layouts.get(caller.company(), id);
  }

  private static String saved(OwnLayout layout, String said, RedirectAttributes next) {
    next.addFlashAttribute("said", said);
    next.addAttribute("id", layout.id());
    return "redirect:/layouts/{id}";
  }

  private String refused(
      Caller caller, @Nullable OwnLayout stored, LayoutForm form, Problem problem, Model model) {
    if (problem.status() == 403 || problem.status() >= 500) throw problem;
    return editor(caller, stored, form, problem, model);
  }

  /** Prints what is typed; the problem where it does not print. */
  private @Nullable Problem show(
      Caller caller, @Nullable OwnLayout stored, LayoutForm form, Model model) {
    try {
      byte[] pdf = layouts.preview(caller, form.design(stored), form.wish());
      model.addAttribute("pages", PageImages.of(pdf, SHOWN_PAGES));
      return null;
    } catch (Problem problem) {
      return problem;
    } catch (IOException unreadable) {
      return Problem.invalid("/image", "invalid", "The image could not be read.");
    }
  }

  private String editor(
      Caller caller,
      @Nullable OwnLayout stored,
      LayoutForm form,
      @Nullable Problem problem,
      Model model) {
    model.addAttribute("layout", stored);
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("kinds", kinds());
    model.addAttribute("papers", papers());
    model.addAttribute("palette", palette(caller, form));
    heading(stored, stored == null ? "New layout" : stored.name(), model);
    return "documents/layout-editor";
  }

  private List<Vocabulary.Present> palette(Caller caller, LayoutForm form) {
    try {
      return Vocabulary.values(layouts.model(caller, form.wish()), Scope.LAYOUT, Locale.ENGLISH);
    } catch (Problem noSuchDocument) {
      return List.of();
    }
  }

  private static void heading(@Nullable OwnLayout layout, String here, Model model) {
    model.addAttribute("heading", new Heading("/layouts", "Layouts", here, null));
    model.addAttribute("title", layout == null ? here : layout.name());
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    Arrays.stream(DocumentKind.values()).forEach(kind -> kinds.put(kind.word(), kind.words()));
    return kinds;
  }

  private static Map<String, String> papers() {
    Map<String, String> papers = new LinkedHashMap<>();
    papers.put("", "As the company's");
    papers.put("A4", "A4");
    papers.put("LETTER", "US Letter");
    return papers;
  }
}
