package org.postroom.documents.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.FinishedPdf;
import org.postroom.documents.Received;
import org.postroom.documents.Source;
import org.postroom.http.Problem;

/** A document out of a request, by its content type. */
record Incoming(Received received, Source source) {

  /** JSON, UBL, or a form with one of them and a finished PDF. */
  static Incoming read(
      Documents documents, DocumentKind kind, String number, HttpServletRequest request)
      throws IOException {
    String type = Body.type(request.getContentType());
    if (type.equals("multipart/form-data")) return form(documents, kind, number, request);
    return single(documents, kind, number, type, new Source(type, known(type, request), null));
  }

  /** UBL that says itself what it is. */
  static Incoming readUbl(Documents documents, HttpServletRequest request) throws IOException {
    String type = Body.type(request.getContentType());
    if (!isXml(type))
      throw unsupported(
          type,
          "POST takes UBL as application/xml. JSON goes to PUT /api/v1/documents/{kind}/{number}.");
    byte[] body = Body.of(request);
    return new Incoming(documents.readUbl(body), new Source(type, body, null));
  }

  Incoming forPartner(@Nullable String ref) {
    if (ref == null || ref.isBlank()) return this;
    boolean bad = ref.length() > 100 || ref.chars().anyMatch(Character::isISOControl);
    if (bad)
      throw Problem.invalid(
          "partner",
          "bad_ref",
          "A partner's ref has at most 100 characters, no control characters.");
    return new Incoming(received.forPartner(ref), source);
  }

  private static Incoming form(
      Documents documents, DocumentKind kind, String number, HttpServletRequest request)
      throws IOException {
    Part document = Body.part(request, "document");
    if (document == null)
      throw Problem.invalid(
          "document", "required", "The part “document” with the key data is missing.");
    Part pdf = Body.part(request, "pdf");
    FinishedPdf finished = pdf == null ? null : FinishedPdf.check(Body.of(pdf));
    // curl and some ERPs name no type for a text part; the key data are JSON then.
    String named = Body.type(document.getContentType());
    boolean unnamed =
        named.isEmpty() || named.equals("text/plain") || named.equals("application/octet-stream");
    String type = unnamed ? "application/json" : named;
    return single(documents, kind, number, type, new Source(type, Body.of(document), finished));
  }

  private static Incoming single(
      Documents documents, DocumentKind kind, String number, String type, Source source) {
    if (isJson(type))
      return new Incoming(
          new Received(documents.readJson(kind, number, source.body()), null), source);
    if (isXml(type)) return new Incoming(documents.readUbl(kind, number, source.body()), source);
    throw unsupported(type);
  }

  /** Looks at the type before it reads anything. */
  private static byte[] known(String type, HttpServletRequest request) throws IOException {
    if (!isJson(type) && !isXml(type)) throw unsupported(type);
    return Body.of(request);
  }

  private static boolean isJson(String type) {
    return type.equals("application/json");
  }

  private static boolean isXml(String type) {
    return type.equals("application/xml") || type.equals("text/xml");
  }

  private static Problem unsupported(String type) {
    return unsupported(
        type,
        "A document comes as application/json, application/xml (UBL 2.x) or multipart/form-data with"
            + " the parts “document” and “pdf”.");
  }

  private static Problem unsupported(String type, String instead) {
    String named = type.isEmpty() ? "No content type is named. " : "“" + type + "” is not taken. ";
    return Problem.of(415, "unsupported_media_type", named + instead);
  }
}
