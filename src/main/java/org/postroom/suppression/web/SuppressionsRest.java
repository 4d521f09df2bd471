package org.postroom.suppression.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppression.Cause;
import org.postroom.suppression.SuppressionFilter;
import org.postroom.suppression.SuppressionJson;
import org.postroom.suppression.Suppressions;
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

/** {@code /api/v1/suppressions}: addresses that are not written to. */
@RestController
@RequestMapping("/api/v1/suppressions")
class SuppressionsRest {
  private static final Map<String, Cause> CAUSES =
      Arrays.stream(Cause.values()).collect(Collectors.toMap(Cause::word, cause -> cause));
  private final Suppressions suppressions;

  SuppressionsRest(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String address,
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter = new SuppressionFilter(address, cause(cause));
    return suppressions
        .list(caller, filter, Slice.limit(limit), cursor)
        .map(SuppressionJson::write);
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> block(
      Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.CHANGE_OTHERS_MAIL);
    JsonFields fields = JsonFields.of(body);
    String address = fields.required("address", 320);
    String note = fields.text("note", 500);
    fields.check();
    Suppression blocked = suppressions.block(caller, address, note);
    String path = URLEncoder.encode(blocked.address(), StandardCharsets.UTF_8).replace("+", "%20");
    return ResponseEntity.created(URI.create("/api/v1/suppressions/" + path))
        .body(SuppressionJson.write(blocked));
  }

  @GetMapping("/{address}")
  Map<String, @Nullable Object> one(Caller caller, @PathVariable String address) {
    return SuppressionJson.write(suppressions.get(caller, address));
  }

  @DeleteMapping("/{address}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unblock(Caller caller, @PathVariable String address) {
    suppressions.unblock(caller, address, null);
  }

  private static @Nullable Cause cause(@Nullable String word) {
    if (word == null || word.isBlank()) return null;
    Cause cause = CAUSES.get(word);
    if (cause != null) return cause;
    throw Problem.invalid(
        "cause", "unknown_value", "cause must be one of: " + String.join(", ", CAUSES.keySet()));
  }
}
