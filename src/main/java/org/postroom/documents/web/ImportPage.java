package org.postroom.documents.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.ImportReport;
import org.postroom.documents.ImportReport.Result;
import org.postroom.documents.InvoiceImport;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Open invoices as a file, by hand; then what became of each line. */
@Controller("documentImportPage")
class ImportPage {
  private static final int MOST_SHOWN = 500;
  private final InvoiceImport invoices;

  ImportPage(InvoiceImport invoices) {
    this.invoices = invoices;
  }

  @GetMapping("/documents/import")
  String form(Caller caller, Model model) {
    caller.require(Right.WRITE_DOCUMENTS);
    return page(DocumentKind.INVOICE.word(), null, model);
  }

  @PostMapping("/documents/import")
  String upload(
      Caller caller,
      @RequestParam String kind,
      @RequestParam(required = false) @Nullable MultipartFile file,
      Model model)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    try {
      if (file == null || file.isEmpty())
        throw Problem.invalid("/file", "required", "Choose the file first.");
      report(invoices.read(caller, DocumentController.kind(kind), file.getBytes()), model);
      return page(kind, null, model);
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      return page(kind, problem, model);
    }
  }

  private static void report(ImportReport report, Model model) {
    model.addAttribute("report", report);
    model.addAttribute("created", report.count(Result.CREATED));
    model.addAttribute("updated", report.count(Result.UPDATED));
    model.addAttribute("unchanged", report.count(Result.UNCHANGED));
    model.addAttribute("refused", report.refused().stream().limit(MOST_SHOWN).toList());
  }

  private static String page(String kind, @Nullable Problem problem, Model model) {
    Map<String, String> kinds = new LinkedHashMap<>();
    for (DocumentKind each :
        new DocumentKind[] {DocumentKind.INVOICE, DocumentKind.CREDIT_MEMO, DocumentKind.DEPOSIT})
      kinds.put(each.word(), each.words() + "s");
    model.addAttribute("kinds", kinds);
    model.addAttribute("kind", kind);
    model.addAttribute("problem", problem);
    model.addAttribute(
        "heading", new Heading("/documents", "Documents", "Import open invoices", null));
    return "documents/import";
  }
}
