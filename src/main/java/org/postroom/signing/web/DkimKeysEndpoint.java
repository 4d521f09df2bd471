package org.postroom.signing.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Idempotency;
import org.postroom.http.JsonFields;
import org.postroom.http.Slice;
import org.postroom.signing.NewSigningKey;
import org.postroom.signing.SigningKey;
import org.postroom.signing.SigningKeys;
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

/** {@code /api/v1/dkim_keys}: private halves never leave. */
@RestController
@RequestMapping("/api/v1/dkim_keys")
class DkimKeysEndpoint {
  private final SigningKeys keys;
  private final Idempotency idempotency;

  DkimKeysEndpoint(SigningKeys keys, Idempotency idempotency) {
    this.keys = keys;
    this.idempotency = idempotency;
  }

  /** One record to publish. */
  record Txt(String name, String type, String value, String published) {}

  record View(
      String id,
      String domain,
      boolean active,
      List<Txt> records,
      String published,
      @Nullable Instant checkedAt,
      @Nullable Instant activeSince,
      Instant createdAt) {

    static View of(SigningKey key) {
      List<Txt> records =
          key.entries().stream()
              .map(entry ->
                  new Txt(key.name(entry), "TXT", entry.record().text(), entry.published().word()))
              .toList();
      return new View(
          key.id(),
          key.domain(),
          key.active(),
          records,
          key.published().word(),
          key.checkedAt(),
          key.activeSince(),
          key.createdAt());
    }
  }

  @GetMapping
  Slice<View> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return keys.list(caller, Slice.limit(limit), cursor).map(View::of);
  }

  @PostMapping
  ResponseEntity<View> create(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_ACCOUNTS);
    JsonFields fields = JsonFields.of(body);
    String domain = fields.required("domain", 253);
    fields.check();
    NewSigningKey made = keys.make(caller, domain);
    return idempotency.once(() -> {
      View view = View.of(keys.keep(caller, made));
      return ResponseEntity.created(URI.create("/api/v1/dkim_keys/" + view.id())).body(view);
    });
  }

  /** Asks the DNS anew. */
  @GetMapping("/{id}")
  View read(Caller caller, @PathVariable String id) {
    return View.of(keys.look(caller, id));
  }

  @PostMapping("/{id}/activate")
  View activate(Caller caller, @PathVariable String id) {
    return View.of(keys.activate(caller, id));
  }

  @PostMapping("/{id}/deactivate")
  View deactivate(Caller caller, @PathVariable String id) {
    return View.of(keys.deactivate(caller, id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String id) {
    keys.delete(caller, id);
  }
}
