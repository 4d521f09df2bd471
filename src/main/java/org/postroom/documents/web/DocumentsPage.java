package org.postroom.documents.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Source;
import org.postroom.documents.Stored;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All documents of the company, and bringing one in by hand. */
@Controller
class DocumentsPage {
  private static final int ON_A_PAGE = 50;
  private final Documents documents;

  DocumentsPage(Documents documents) {
    this.documents = documents;
  }

  /** The filters of the list as they stand in the address. */
  record Search(
      @Nullable String q,
      @Nullable String kind,
      @Nullable String partner,
      @Nullable String open,
      @Nullable String cursor) {
    boolean narrows() {
      return List.of(text(q), text(kind), text(partner), text(open)).stream()
          .anyMatch(part -> !part.isEmpty());
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value.strip();
    }
  }

  @GetMapping("/documents")
  String list(
      Caller caller,
      @ModelAttribute Search search,
      @RequestParam org.springframework.util.MultiValueMap<String, String> asked,
      Model model) {
    String cursor = Search.text(search.cursor());
    model.addAttribute("search", search);
    model.addAttribute("narrows", search.narrows());
    model.addAttribute("kinds", kinds());
    model.addAttribute("openChoices", openChoices());
    model.addAttribute("pick", caller.may(Right.SEND));
    model.addAttribute("mayWrite", caller.may(Right.WRITE_DOCUMENTS));
    model.addAttribute(
        "slice",
        documents.list(
            caller.company(),
            DocumentListController.filter(asked),
            ON_A_PAGE,
            cursor.isEmpty() ? null : cursor));
    return "documents/list";
  }

  @GetMapping("/documents/add")
  String add(Caller caller, Model model) {
    caller.require(Right.WRITE_DOCUMENTS);
    return form(null, model);
  }

  @PostMapping("/documents/add")
  String upload(
      Caller caller,
      @RequestParam(required = false) @Nullable MultipartFile file,
      Model model,
      RedirectAttributes next)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    try {
      byte[] xml = bytes(file);
      Stored stored = documents.put(caller, documents.readUbl(xml), Source.xml(xml));
      return added(stored, next);
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      return form(problem, model);
    }
  }

  private static String added(Stored stored, RedirectAttributes next) {
    next.addFlashAttribute(
        "said",
        switch (stored.change()) {
          case CREATED -> "The document is here.";
          case UPDATED -> "The document was here already; it now stands as in the file.";
          case UNCHANGED -> "The document was here already, exactly so.";
        });
    next.addAttribute("kind", stored.document().document().kind().word());
    next.addAttribute("number", stored.document().document().number());
    return "redirect:/documents/{kind}/{number}";
  }

  private static byte[] bytes(@Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty())
      throw Problem.invalid("/file", "required", "Choose the file first.");
    if (file.getSize() > Body.MOST_BYTES)
      throw Problem.invalid("/file", "too_large", "The file is larger than 20 MB.");
    return file.getBytes();
  }

  private static String form(@Nullable Problem problem, Model model) {
    model.addAttribute("problem", problem);
    model.addAttribute("heading", new Heading("/documents", "Documents", "Add a document", null));
    return "documents/add";
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("", "All kinds");
    for (DocumentKind kind : DocumentKind.values()) kinds.put(kind.word(), kind.words());
    return kinds;
  }

  private static Map<String, String> openChoices() {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "Paid or not");
    choices.put("true", "To be paid");
    choices.put("false", "Nothing to be paid");
    return choices;
  }
}
