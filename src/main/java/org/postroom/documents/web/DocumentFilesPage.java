package org.postroom.documents.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentFiles;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the page of a document does with the files attached to it. */
@Controller
class DocumentFilesPage {
  private final DocumentFiles files;

  DocumentFilesPage(DocumentFiles files) {
    this.files = files;
  }

  @PostMapping("/documents/{kind}/{number}/files")
  String add(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @RequestParam(required = false) @Nullable MultipartFile file,
      RedirectAttributes next)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    DocumentKind known = DocumentController.kind(kind);
    try {
      byte[] content = FileBody.of(file);
      var put = files.put(caller, known, number, FileBody.name(file), content);
      String name = put.file().name();
      next.addFlashAttribute(
          "said",
          put.created()
              ? "“" + name + "” goes along from now on."
              : "“" + name + "” was replaced.");
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 413) throw problem;
      next.addFlashAttribute("filesProblem", problem.detail());
    }
    return back(known, number, next);
  }

  @PostMapping("/documents/{kind}/{number}/files/{file}/delete")
  String delete(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @PathVariable String file,
      RedirectAttributes next) {
    DocumentKind known = DocumentController.kind(kind);
    files.delete(caller, known, number, file);
    next.addFlashAttribute("said", "“" + file + "” does not go along any more.");
    return back(known, number, next);
  }

  @GetMapping("/documents/{kind}/{number}/files/{file}")
  ResponseEntity<byte[]> get(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @PathVariable String file) {
    return files
        .find(caller.company(), DocumentController.kind(kind), number, file)
        .map(found -> Untrusted.download(found.filename(), found.content()))
        .orElseThrow(() -> Problem.notFound("The file “" + file + "” of this document"));
  }

  private static String back(DocumentKind kind, String number, RedirectAttributes next) {
    next.addAttribute("kind", kind.word());
    next.addAttribute("number", number);
    return "redirect:/documents/{kind}/{number}";
  }
}
