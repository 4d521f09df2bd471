package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Pdfs;
import org.postroom.documents.Rendered;
import org.postroom.http.Framed;
import org.postroom.http.Problem;
import org.postroom.payments.PaymentLink;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What belongs to a public page: the documents' PDFs and the company's logo. */
@Controller
class PapersPage extends PublicPage {
  private final Door door;
  private final Pdfs pdfs;

  PapersPage(Door door, Pdfs pdfs) {
    this.door = door;
    this.pdfs = pdfs;
  }

  @GetMapping({"/pay/{token}/document.pdf", "/approve/{token}/document.pdf"})
  ResponseEntity<byte[]> first(
      @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
    return paper(token, 1, request, response);
  }

  @GetMapping("/pay/{token}/documents/{place:[0-9]{1,3}}.pdf")
  ResponseEntity<byte[]> paper(
      @PathVariable String token,
      @PathVariable int place,
      HttpServletRequest request,
      HttpServletResponse response) {
    Visit visit = door.enter(token, request, response);
    if (!readable(visit) || place < 1 || place > visit.documents().size())
      throw Problem.notFound("This PDF");
    Document document = visit.documents().get(place - 1).document();
    Rendered pdf = pdfs.of(visit.company().id(), document.kind(), document.number()).sendable();
    return Framed.pdf(pdf.pdf(), pdf.filename());
  }

  /** Quotes may be read again after the decision about them. */
  private static boolean readable(Visit visit) {
    return Stage.of(visit).showsDocuments()
        || (visit.link().kind() == PaymentLink.Kind.APPROVAL
            && visit.link().state() == PaymentLink.State.USED);
  }

  @GetMapping({"/pay/{token}/logo", "/approve/{token}/logo"})
  ResponseEntity<byte[]> logo(
      @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
    Company company = door.enter(token, request, response).company();
    String type = company.logoType();
    byte[] logo = company.logo();
    if (type == null || logo == null) throw Problem.notFound("This logo");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    return ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).body(logo);
  }
}
