package org.postroom.partners.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerFilter;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.Partners;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/partners")
class PartnerController {
  private final Partners partners;

  PartnerController(Partners partners) {
    this.partners = partners;
  }

  /** 201 where the partner is new, 200 otherwise; the same body again changes nothing. */
  @PutMapping("/{ref}")
  ResponseEntity<Map<String, @Nullable Object>> put(
      Caller caller, @PathVariable String ref, @RequestBody JsonNode body) {
    Partners.Saved saved = partners.put(caller, PartnerJson.read(ref, body));
    return ResponseEntity.status(saved.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(PartnerJson.write(saved.partner()));
  }

  @GetMapping("/{ref}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String ref) {
    return partners
        .find(caller.company(), ref)
        .map(PartnerJson::write)
        .orElseThrow(() -> Problem.notFound("Partner “" + ref + "”"));
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter = new PartnerFilter(q, type(type));
    return partners
        .list(caller.company(), filter, Slice.limit(limit), cursor)
        .map(PartnerJson::write);
  }

  static Partner.@Nullable Type type(@Nullable String word) {
    if (word == null || word.isBlank()) return null;
    for (Partner.Type type : Partner.Type.values()) if (type.word().equals(word)) return type;
    String hint = Nearest.hint(word, java.util.List.of("customer", "vendor"));
    throw Problem.invalid("type", "unknown_value", "type is customer or vendor." + hint);
  }
}
