package org.postroom.access.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.ApiKey;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Scope;
import org.postroom.http.Idempotency;
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

/** {@code /api/v1/api_keys}: make, list and withdraw keys. The key's text is shown once. */
@RestController
@RequestMapping("/api/v1/api_keys")
class ApiKeysEndpoint {
  private final ApiKeys keys;
  private final Idempotency idempotency;

  ApiKeysEndpoint(ApiKeys keys, Idempotency idempotency) {
    this.keys = keys;
    this.idempotency = idempotency;
  }

  record NewKey(
      @Nullable String name,
      @Nullable Boolean test,
      @Nullable List<@Nullable String> scopes,
      @Nullable List<@Nullable String> networks) {

    ApiKeys.Wish wish() {
      return new ApiKeys.Wish(
          name == null ? "" : name, Boolean.TRUE.equals(test), texts(scopes), texts(networks));
    }

    /** A null among them is told like any other word that is none. */
    private static List<String> texts(@Nullable List<@Nullable String> given) {
      if (given == null) return List.of();
      return given.stream().map(text -> text == null ? "" : text).toList();
    }
  }

  /**
   * @param key the whole key, only in the reply to its making; null afterwards
   */
  record View(
      String id,
      String name,
      String hint,
      boolean test,
      List<String> scopes,
      List<String> networks,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable String key) {

    View withoutKey() {
      return new View(id, name, hint, test, scopes, networks, createdAt, lastUsedAt, null);
    }

    static View of(ApiKey key, @Nullable String text) {
      return new View(
          key.id(),
          key.name(),
          key.hint(),
          key.test(),
          key.scopes().stream().map(Scope::code).toList(),
          key.networks(),
          key.createdAt(),
          key.lastUsedAt(),
          text);
    }
  }

  @GetMapping
  Slice<View> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return keys.list(caller, Slice.limit(limit), cursor).map(key -> View.of(key, null));
  }

  /** A kept reply does not hold the key: only hashes of keys are in the database. */
  @PostMapping
  ResponseEntity<View> create(Caller caller, @RequestBody NewKey body) {
    return idempotency.once(() -> created(keys.create(caller, body.wish())), View::withoutKey);
  }

  private static ResponseEntity<View> created(ApiKey.Made made) {
    return ResponseEntity.created(URI.create("/api/v1/api_keys/" + made.key().id()))
        .header("Cache-Control", "no-store")
        .body(View.of(made.key(), made.text()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(Caller caller, @PathVariable String id) {
    keys.revoke(caller, id);
  }
}
