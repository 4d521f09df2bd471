package org.postroom.domains.web;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.domains.DkimKey;
import org.postroom.domains.DkimKeys;
import org.postroom.domains.DomainJson;
import org.postroom.http.JsonFields;
import org.postroom.http.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/dkim_keys")
class DkimKeyController {
  private static final Map<String, DkimKey.Algorithm> ALGORITHMS =
      Arrays.stream(DkimKey.Algorithm.values())
          .collect(Collectors.toMap(DkimKey.Algorithm::word, Function.identity()));

  private final DkimKeys keys;

  DkimKeyController(DkimKeys keys) {
    this.keys = keys;
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return keys.list(caller, Slice.limit(limit), cursor).map(DomainJson::write);
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> create(Caller caller, @RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String domain = fields.required("domain", 253);
    DkimKey.Algorithm algorithm = fields.choice("algorithm", ALGORITHMS);
    fields.check();
    DkimKey key =
        keys.create(
            caller, String.valueOf(domain), algorithm == null ? DkimKey.Algorithm.RSA : algorithm);
    return ResponseEntity.created(URI.create("/api/v1/dkim_keys/" + key.id()))
        .body(DomainJson.write(key));
  }

  @PostMapping("/{id}/activate")
  Map<String, @Nullable Object> activate(Caller caller, @PathVariable String id) {
    return DomainJson.write(keys.activate(caller, id));
  }

  @PostMapping("/{id}/deactivate")
  Map<String, @Nullable Object> deactivate(Caller caller, @PathVariable String id) {
    return DomainJson.write(keys.deactivate(caller, id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String id) {
    keys.delete(caller, id);
  }
}
