package org.postroom.payments.web;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.EntityTag;
import org.postroom.http.Idempotency;
import org.postroom.http.Slice;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayDraft;
import org.postroom.payments.GatewaySettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/payment_gateways}: secrets go in and never come out. */
@RestController
@RequestMapping("/api/v1/payment_gateways")
class GatewaysRest {
  private final GatewaySettings gateways;
  private final Idempotency idempotency;

  GatewaysRest(GatewaySettings gateways, Idempotency idempotency) {
    this.gateways = gateways;
    this.idempotency = idempotency;
  }

  /** All on one page, in their order. */
  @GetMapping
  Slice<Map<String, @Nullable Object>> list(Caller caller) {
    return new Slice<>(gateways.list(caller), false, null).map(this::json);
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> add(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_PAYMENTS);
    GatewayDraft draft = GatewayJson.read(body);
    return idempotency.once(() -> {
      Gateway gateway = gateways.add(caller, draft);
      return ResponseEntity.created(URI.create("/api/v1/payment_gateways/" + gateway.id()))
          .eTag(EntityTag.of(gateway.version()))
          .body(json(gateway));
    });
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> read(Caller caller, @PathVariable String id) {
    return reply(gateways.get(caller, id));
  }

  /** Changes the fields that are there. */
  @PatchMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> change(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode patch) {
    return reply(
        gateways.change(
            caller, id, EntityTag.version(ifMatch), draft -> GatewayJson.merge(draft, patch)));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String id) {
    gateways.delete(caller, id);
  }

  private ResponseEntity<Map<String, @Nullable Object>> reply(Gateway gateway) {
    return ResponseEntity.ok().eTag(EntityTag.of(gateway.version())).body(json(gateway));
  }

  private Map<String, @Nullable Object> json(Gateway gateway) {
    return GatewayJson.write(gateway, gateways.hook(gateway));
  }
}
