package org.postroom.documents.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.NewPayment;
import org.postroom.documents.Stored;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.node.ObjectNode;

/** One document: put, posted, looked at, paid. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentController {
  private final Documents documents;

  DocumentController(Documents documents) {
    this.documents = documents;
  }

  @PutMapping("/{kind}/{number}")
  ResponseEntity<ObjectNode> put(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String partner,
      HttpServletRequest request)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    return store(caller, Incoming.read(documents, kind(kind), number, request).forPartner(partner));
  }

  @PostMapping
  ResponseEntity<ObjectNode> post(
      Caller caller,
      @RequestParam(required = false) @Nullable String partner,
      HttpServletRequest request)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    return store(caller, Incoming.readUbl(documents, request).forPartner(partner));
  }

  /** A number that ends in {@code .pdf} is somebody asking for the PDF. */
  @GetMapping("/{kind}/{number:(?!.*\\.pdf$).+}")
  ObjectNode get(Caller caller, @PathVariable String kind, @PathVariable String number) {
    return found(caller, kind(kind), number).json();
  }

  @PostMapping("/{kind}/{number}/payments")
  ResponseEntity<ObjectNode> pay(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      HttpServletRequest request)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    String type = Body.type(request.getContentType());
    if (!type.equals("application/json"))
      throw Problem.of(415, "unsupported_media_type", "A payment comes as application/json.");
    NewPayment payment = NewPayment.read(Body.of(request));
    return ResponseEntity.status(201)
        .body(documents.pay(caller, kind(kind), number, payment).json());
  }

  @GetMapping("/{kind}/{number}/payments")
  ObjectNode payments(Caller caller, @PathVariable String kind, @PathVariable String number) {
    ObjectNode document = found(caller, kind(kind), number).json();
    ObjectNode page = document.objectNode();
    page.set("data", document.get("payments"));
    page.put("has_more", false);
    page.putNull("next_cursor");
    return page;
  }

  private ResponseEntity<ObjectNode> store(Caller caller, Incoming incoming) {
    Stored stored = documents.put(caller, incoming.received(), incoming.source());
    ObjectNode body = stored.document().json();
    if (stored.change() != Stored.Change.CREATED)
      return ResponseEntity.ok().location(address(stored.document())).body(body);
    return ResponseEntity.created(address(stored.document())).body(body);
  }

  private StoredDocument found(Caller caller, DocumentKind kind, String number) {
    return documents
        .find(caller.company(), kind, number)
        .orElseThrow(
            () -> Problem.notFound("The " + kind.word().replace('_', ' ') + " “" + number + "”"));
  }

  private static URI address(StoredDocument stored) {
    String number = UriUtils.encodePathSegment(stored.document().number(), StandardCharsets.UTF_8);
    return URI.create("/api/v1/documents/" + stored.document().kind().word() + "/" + number);
  }

  static DocumentKind kind(String word) {
    return DocumentKind.of(word)
        .orElseThrow(() ->
            Problem.of(
                404,
                "unknown_kind",
                "There is no such kind of document. Kinds: "
                    + Arrays.stream(DocumentKind.values())
                        .map(DocumentKind::word)
                        .collect(Collectors.joining(", "))
                    + "."));
  }
}
