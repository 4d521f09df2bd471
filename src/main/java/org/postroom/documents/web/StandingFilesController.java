package org.postroom.documents.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StandingFile;
import org.postroom.documents.StandingFiles;
import org.postroom.documents.StandingFiles.Wish;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.http.Untrusted;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Files of the company that go along by themselves. */
@RestController
@RequestMapping("/api/v1/standing_files")
class StandingFilesController {
  private static final int MOST = 50;
  private final StandingFiles files;

  StandingFilesController(StandingFiles files) {
    this.files = files;
  }

  /** A file as programs see it: kinds by their words. */
  record Shown(
      String id,
      String name,
      String contentType,
      long size,
      List<String> kinds,
      List<String> languages,
      Instant addedAt,
      Instant changedAt) {
    static Shown of(StandingFile file) {
      return new Shown(
          file.id(),
          file.name(),
          file.contentType(),
          file.size(),
          file.kinds().stream().map(DocumentKind::word).toList(),
          file.languages(),
          file.addedAt(),
          file.changedAt());
    }
  }

  /** All on one page: at most 50. */
  @GetMapping
  Slice<Shown> list(Caller caller) {
    return new Slice<>(files.list(caller.company()), false, null).map(Shown::of);
  }

  @GetMapping("/{id}")
  Shown get(Caller caller, @PathVariable String id) {
    return Shown.of(found(caller, id));
  }

  /** The body is the file as it is. */
  @PostMapping
  ResponseEntity<Shown> add(
      Caller caller,
      @RequestParam String name,
      @RequestParam(required = false) @Nullable List<String> kinds,
      @RequestParam(required = false) @Nullable List<String> languages,
      HttpServletRequest request)
      throws IOException {
    caller.require(Right.MANAGE_TEMPLATES);
    Wish wish = new Wish(name, kinds(kinds), languages == null ? List.of() : languages);
    StandingFile added = files.add(caller, wish, FileBody.of(request));
    return ResponseEntity.created(URI.create("/api/v1/standing_files/" + added.id()))
        .body(Shown.of(added));
  }

  /** What is not named stays. */
  @PatchMapping("/{id}")
  Shown change(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_TEMPLATES);
    StandingFile before = found(caller, id);
    JsonFields in = JsonFields.of(body);
    String name = in.text("name", 120);
    List<DocumentKind> kinds = in.has("kinds") ? kinds(in) : before.kinds();
    List<String> languages =
        in.has("languages")
            ? in.texts("languages", MOST, 35).stream().map(JsonFields.Text::value).toList()
            : before.languages();
    in.check();
    Wish wish = new Wish(name == null ? before.name() : name, kinds, languages);
    return Shown.of(files.change(caller, id, wish));
  }

  @GetMapping("/{id}/content")
  ResponseEntity<byte[]> content(Caller caller, @PathVariable String id) {
    StandingFile file = found(caller, id);
    return Untrusted.download(file.name(), files.content(caller.company(), id).content());
  }

  /** Another edition; the body is the file as it is. */
  @PutMapping("/{id}/content")
  Shown replace(Caller caller, @PathVariable String id, HttpServletRequest request)
      throws IOException {
    caller.require(Right.MANAGE_TEMPLATES);
    return Shown.of(files.replace(caller, id, FileBody.of(request)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
    files.delete(caller, id);
    return ResponseEntity.noContent().build();
  }

  static List<DocumentKind> kinds(@Nullable List<String> words) {
    List<DocumentKind> kinds = new ArrayList<>();
    for (String word : words == null ? List.<String>of() : words)
      kinds.add(
          DocumentKind.of(word)
              .orElseThrow(() ->
                  Problem.invalid(
                      "/kinds", "unknown_kind", "“" + word + "” is no kind of document.")));
    return kinds;
  }

  private static List<DocumentKind> kinds(JsonFields in) {
    Map<String, DocumentKind> words = new TreeMap<>();
    for (DocumentKind kind : DocumentKind.values()) words.put(kind.word(), kind);
    List<DocumentKind> kinds = new ArrayList<>();
    for (JsonFields.Text text : in.texts("kinds", MOST, 40)) {
      DocumentKind kind = words.get(text.value());
      if (kind != null) kinds.add(kind);
      else
        in.error(text.pointer(), "unknown_kind", "“" + text.value() + "” is no kind of document.");
    }
    return kinds;
  }

  private StandingFile found(Caller caller, String id) {
    return files
        .find(caller.company(), id)
        .orElseThrow(() -> Problem.notFound("This standing file"));
  }
}
