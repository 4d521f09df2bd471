package org.postroom.documents.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentFile;
import org.postroom.documents.DocumentFiles;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.http.Untrusted;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Files that go along with one document. */
@RestController
@RequestMapping("/api/v1/documents/{kind}/{number}/files")
class DocumentFilesController {
  private final DocumentFiles files;
  private final Documents documents;

  DocumentFilesController(DocumentFiles files, Documents documents) {
    this.files = files;
    this.documents = documents;
  }

  /** All on one page: at most 50. */
  @GetMapping
  Slice<DocumentFile> list(Caller caller, @PathVariable String kind, @PathVariable String number) {
    DocumentKind known = DocumentController.kind(kind);
    if (documents.find(caller.company(), known, number).isEmpty())
      throw Problem.notFound("The " + known.words() + " “" + number + "”");
    return new Slice<>(files.of(caller.company(), known, number), false, null);
  }

  @GetMapping("/{file}")
  ResponseEntity<byte[]> get(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @PathVariable String file) {
    return download(caller, kind, number, file);
  }

  @PutMapping("/{file}")
  ResponseEntity<DocumentFile> put(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @PathVariable String file,
      HttpServletRequest request)
      throws IOException {
    caller.require(Right.WRITE_DOCUMENTS);
    DocumentKind known = DocumentController.kind(kind);
    DocumentFiles.Put put = files.put(caller, known, number, file, FileBody.of(request));
    return ResponseEntity.status(put.created() ? 201 : 200).body(put.file());
  }

  @DeleteMapping("/{file}")
  ResponseEntity<Void> delete(
      Caller caller,
      @PathVariable String kind,
      @PathVariable String number,
      @PathVariable String file) {
    files.delete(caller, DocumentController.kind(kind), number, file);
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<byte[]> download(Caller caller, String kind, String number, String file) {
    return files
        .find(caller.company(), DocumentController.kind(kind), number, file)
        .map(found -> Untrusted.download(found.filename(), found.content()))
        .orElseThrow(() -> Problem.notFound("The file “" + file + "” of this document"));
  }
}
