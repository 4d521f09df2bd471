package org.postroom.documents.web;

import org.postroom.access.Caller;
import org.postroom.documents.Pdfs;
import org.postroom.documents.Rendered;
import org.postroom.http.Framed;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A document's PDF: for programs, and for the frame on its page. */
@RestController
class PdfController {
  private final Pdfs pdfs;

  PdfController(Pdfs pdfs) {
    this.pdfs = pdfs;
  }

  @GetMapping("/api/v1/documents/{kind}/{number:.+}.pdf")
  ResponseEntity<byte[]> forPrograms(
      Caller caller, @PathVariable String kind, @PathVariable String number) {
    Rendered pdf = pdfs.of(caller.company(), DocumentController.kind(kind), number);
    return Framed.sandboxedPdf(pdf.pdf(), pdf.filename());
  }

  @GetMapping("/documents/{kind}/{number}/pdf")
  ResponseEntity<byte[]> forPeople(
      Caller caller, @PathVariable String kind, @PathVariable String number) {
    Rendered pdf = pdfs.of(caller.company(), DocumentController.kind(kind), number);
    return Framed.pdf(pdf.pdf(), pdf.filename());
  }
}
