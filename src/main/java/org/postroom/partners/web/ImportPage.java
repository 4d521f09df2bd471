package org.postroom.partners.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.partners.PartnerImport;
import org.postroom.partners.PartnerImport.Outcome;
import org.postroom.partners.PartnerImports;
import org.postroom.partners.PartnerImports.Waiting;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Importing partners: hand in a file, see what it would do, say yes. */
@Controller("partnerImportPage")
class ImportPage {
  private static final int SHOWN = 100;
  private final PartnerImports imports;

  ImportPage(PartnerImports imports) {
    this.imports = imports;
  }

  @GetMapping("/imports/partners")
  String ask(Caller caller, Model model) {
    caller.require(Right.WRITE_DOCUMENTS);
    return form(null, model);
  }

  @PostMapping("/imports/partners")
  String hand(Caller caller, @RequestParam @Nullable MultipartFile file, Model model)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    if (file == null || file.isEmpty())
      return form(Problem.invalid("/file", "required", "Choose a file."), model);
    byte[] content = file.getBytes();
    try {
      imports.check(caller, content);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(problem, model);
    }
    return "redirect:/imports/partners/" + imports.keep(caller, name(file), content);
  }

  @GetMapping("/imports/partners/{id}")
  String show(Caller caller, @PathVariable String id, Model model) {
    Waiting waiting = waiting(caller, id);
    PartnerImport checked = imports.check(caller, waiting.content());
    model.addAttribute("id", id);
    model.addAttribute("fileName", waiting.fileName());
    model.addAttribute("checked", checked);
    model.addAttribute("created", checked.count(Outcome.CREATED));
    model.addAttribute("changed", checked.count(Outcome.CHANGED));
    model.addAttribute("unchanged", checked.count(Outcome.UNCHANGED));
    model.addAttribute("refused", checked.count(Outcome.REFUSED));
    model.addAttribute("refusedLines", checked.of(Outcome.REFUSED, SHOWN));
    model.addAttribute("changedLines", checked.of(Outcome.CHANGED, SHOWN));
    model.addAttribute("createdLines", checked.of(Outcome.CREATED, SHOWN));
    model.addAttribute("heading", new Heading("/partners", "Partners", "Import", null));
    return "partners/import-check";
  }

  /** Looks at the file once more: partners may have changed since it was shown. */
  @PostMapping("/imports/partners/{id}")
  String store(Caller caller, @PathVariable String id, RedirectAttributes next) {
    PartnerImport checked = imports.check(caller, waiting(caller, id).content());
    imports.store(caller, checked);
    imports.forget(caller, id);
    next.addFlashAttribute(
        "said",
        "%d partners added, %d changed, %d lines refused."
            .formatted(
                checked.count(Outcome.CREATED),
                checked.count(Outcome.CHANGED),
                checked.count(Outcome.REFUSED)));
    return "redirect:/partners";
  }

  @PostMapping("/imports/partners/{id}/forget")
  String forget(Caller caller, @PathVariable String id) {
    waiting(caller, id);
    imports.forget(caller, id);
    return "redirect:/imports/partners";
  }

  private Waiting waiting(Caller caller, String id) {
    return imports.waiting(caller, id).orElseThrow(() -> Problem.notFound("This import"));
  }

  private static String form(@Nullable Problem problem, Model model) {
    model.addAttribute("problem", problem);
    model.addAttribute("columns", PartnerImports.columns().toList());
    model.addAttribute("heading", new Heading("/partners", "Partners", "Import", null));
    return "partners/import";
  }

  private static String name(MultipartFile file) {
    String name = file.getOriginalFilename();
    String shown = name == null || name.isBlank() ? "file.csv" : name.strip();
    return shown.length() > 100 ? shown.substring(0, 100) : shown;
  }
}
