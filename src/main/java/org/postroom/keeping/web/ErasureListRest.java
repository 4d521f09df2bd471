package org.postroom.keeping.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.keeping.EraseAgain;
import org.postroom.keeping.EraseAgain.Brought;
import org.postroom.keeping.EraseAgain.Done;
import org.postroom.keeping.EraseAgain.Standing;
import org.postroom.keeping.Erasure.Certificate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The list of erasures that outlives a restore, and erasing again by it. */
@RestController
@RequestMapping("/api/v1")
class ErasureListRest {
  private final EraseAgain eraseAgain;

  ErasureListRest(EraseAgain eraseAgain) {
    this.eraseAgain = eraseAgain;
  }

  @GetMapping("/erasure_list")
  ResponseEntity<String> list(Caller caller) {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_PLAIN)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"erasures.list\"")
        .body(eraseAgain.text(caller));
  }

  @PostMapping(path = "/erasure_list", consumes = MediaType.TEXT_PLAIN_VALUE)
  Map<String, @Nullable Object> bring(
      Caller caller, @RequestBody(required = false) byte @Nullable [] lines) {
    if (lines == null) throw Problem.unreadable("A list is needed.", java.util.List.of());
    Brought brought = eraseAgain.bring(caller, new String(lines, StandardCharsets.ISO_8859_1));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("added", brought.added());
    json.put("known", brought.known());
    json.put("refused", brought.refused());
    json.put("list", write(brought.standing()));
    return json;
  }

  @PostMapping("/erasures/again")
  Map<String, @Nullable Object> again(Caller caller) {
    Done done = eraseAgain.run(caller);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("erased", done.again().size());
    json.put("not_found", done.notFound());
    json.put("certificates", done.again().stream().map(Certificate::id).toList());
    json.put("list", write(done.standing()));
    return json;
  }

  static Map<String, @Nullable Object> write(Standing standing) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", standing.file());
    json.put("listed", standing.listed());
    json.put("open", standing.open());
    json.put("without_key", standing.withoutKey());
    json.put("missing_keys", standing.missingKeys());
    json.put("unreadable", standing.unreadable());
    return json;
  }
}
