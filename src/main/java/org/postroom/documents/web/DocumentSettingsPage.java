package org.postroom.documents.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Einvoicing;
import org.postroom.documents.Finishing;
import org.postroom.documents.StandingFile;
import org.postroom.documents.StandingFiles;
import org.postroom.documents.StandingFiles.Wish;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What all PDFs have in common: e-invoices, file names, and files that go along. */
@Controller
class DocumentSettingsPage {
  private static final String HERE = "redirect:/documents/settings";
  private final Finishing finishing;
  private final StandingFiles files;

  DocumentSettingsPage(Finishing finishing, StandingFiles files) {
    this.finishing = finishing;
    this.files = files;
  }

  @GetMapping("/documents/settings")
  String show(Caller caller, Model model) {
    return page(caller, null, null, model);
  }

  @PostMapping("/documents/settings")
  String save(
      Caller caller,
      @RequestParam(required = false) @Nullable String einvoicing,
      @RequestParam(required = false) @Nullable String pattern,
      Model model,
      RedirectAttributes next) {
    String typed = pattern == null ? "" : pattern;
    try {
      finishing.filename(caller, typed);
      Einvoicing mode = Einvoicing.of(einvoicing == null ? "" : einvoicing).orElse(Einvoicing.OFF);
      finishing.einvoicing(caller, mode);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, problem, typed, model);
    }
    next.addFlashAttribute("said", "Saved. New mails use it from now on.");
    return HERE;
  }

  @PostMapping("/documents/settings/files")
  String add(
      Caller caller,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable List<String> kinds,
      @RequestParam(required = false) @Nullable String languages,
      Model model,
      RedirectAttributes next)
      throws IOException {
    caller.require(Right.MANAGE_TEMPLATES);
    try {
      byte[] content = FileBody.of(file);
      Wish wish = wish(FileBody.name(file), kinds, languages);
      StandingFile added = files.add(caller, wish, content);
      next.addFlashAttribute("said", "“" + added.name() + "” is here.");
      return HERE;
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 413) throw problem;
      return page(caller, problem, null, model);
    }
  }

  /** Kinds and languages as ticked, and a new edition where one was chosen. */
  @PostMapping("/documents/settings/files/{id}")
  String change(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable List<String> kinds,
      @RequestParam(required = false) @Nullable String languages,
      Model model,
      RedirectAttributes next)
      throws IOException {
    caller.require(Right.MANAGE_TEMPLATES);
    StandingFile before = found(caller, id);
    try {
      files.change(caller, id, wish(before.name(), kinds, languages));
      if (file != null && !file.isEmpty()) files.replace(caller, id, FileBody.of(file));
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 413) throw problem;
      return page(caller, problem, null, model);
    }
    next.addFlashAttribute("said", "Saved “" + before.name() + "”.");
    return HERE;
  }

  @PostMapping("/documents/settings/files/{id}/delete")
  String delete(Caller caller, @PathVariable String id, RedirectAttributes next) {
    StandingFile file = found(caller, id);
    files.delete(caller, id);
    next.addFlashAttribute("said", "“" + file.name() + "” does not go along any more.");
    return HERE;
  }

  @GetMapping("/documents/settings/files/{id}")
  ResponseEntity<byte[]> get(Caller caller, @PathVariable String id) {
    StandingFile file = found(caller, id);
    return Untrusted.download(file.name(), files.content(caller.company(), id).content());
  }

  private StandingFile found(Caller caller, String id) {
    return files
        .find(caller.company(), id)
        .orElseThrow(() -> Problem.notFound("This standing file"));
  }

  private static Wish wish(String name, @Nullable List<String> kinds, @Nullable String languages) {
    List<String> tags =
        Arrays.stream((languages == null ? "" : languages).split("[\\s,;]+"))
            .filter(tag -> !tag.isEmpty())
            .toList();
    return new Wish(name, StandingFilesController.kinds(kinds), tags);
  }

  private String page(
      Caller caller, @Nullable Problem problem, @Nullable String typed, Model model) {
    var settings = finishing.settings(caller.company());
    model.addAttribute("problem", problem);
    model.addAttribute("mode", settings.einvoicing().word());
    model.addAttribute("modes", modes());
    model.addAttribute("pattern", typed == null ? settings.filename() : typed);
    model.addAttribute("files", files.list(caller.company()));
    model.addAttribute("kinds", List.of(DocumentKind.values()));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_TEMPLATES));
    model.addAttribute("heading", new Heading("/documents", "Documents", "PDFs and files", null));
    return "documents/settings";
  }

  private static Map<String, String> modes() {
    Map<String, String> modes = new LinkedHashMap<>();
    modes.put(Einvoicing.OFF.word(), "Off: PDFs as they are");
    modes.put(Einvoicing.ON.word(), "On: with XML where the document says enough");
    modes.put(Einvoicing.REQUIRED.word(), "Required: what does not say enough is not sent");
    return modes;
  }
}
