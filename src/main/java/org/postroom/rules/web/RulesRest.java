package org.postroom.rules.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.EntityTag;
import org.postroom.http.JsonFields;
import org.postroom.http.Slice;
import org.postroom.rules.Field;
import org.postroom.rules.Operator;
import org.postroom.rules.Rule;
import org.postroom.rules.RuleJson;
import org.postroom.rules.Rules;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/rules")
class RulesRest {
  private final Rules rules;

  RulesRest(Rules rules) {
    this.rules = rules;
  }

  /** All on one page, in their order. */
  @GetMapping
  Slice<Map<String, Object>> list(Caller caller) {
    return slice(caller, rules.list(caller.company()));
  }

  @PostMapping
  ResponseEntity<Map<String, Object>> create(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Rule rule = rules.create(caller, RuleJson.read(body));
    return ResponseEntity.created(URI.create("/api/v1/rules/" + rule.id()))
        .eTag(EntityTag.of(rule.version()))
        .body(json(caller, rule));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> get(Caller caller, @PathVariable String id) {
    return reply(caller, rules.get(caller.company(), id));
  }

  /** Changes the fields that are there; condition and effects are replaced as a whole. */
  @PatchMapping("/{id}")
  ResponseEntity<Map<String, Object>> change(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode patch) {
    return reply(
        caller,
        rules.change(caller, id, EntityTag.version(ifMatch), rule -> RuleJson.merge(rule, patch)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    rules.delete(caller, id, EntityTag.version(ifMatch));
    return ResponseEntity.noContent().build();
  }

  @PutMapping("/order")
  Slice<Map<String, Object>> order(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    JsonFields fields = JsonFields.of(body);
    List<String> ids = fields.texts("rules", 500, 60).stream().map(JsonFields.Text::value).toList();
    fields.check();
    return slice(caller, rules.order(caller, ids));
  }

  /** What conditions can name, and how it can be compared. */
  @GetMapping("/fields")
  Slice<Map<String, Object>> fields(Caller caller) {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Field field : Field.KNOWN) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("field", field.path());
      json.put("words", field.words());
      json.put("type", field.type().name().toLowerCase(java.util.Locale.ROOT));
      json.put("operators", field.operators(null).stream().map(Operator::word).toList());
      fields.add(json);
    }
    return new Slice<>(fields, false, null);
  }

  private Slice<Map<String, Object>> slice(Caller caller, List<Rule> list) {
    Function<Rule, String> sentences = rules.sentences(caller.company());
    return new Slice<>(list, false, null).map(rule -> RuleJson.write(rule, sentences.apply(rule)));
  }

  private ResponseEntity<Map<String, Object>> reply(Caller caller, Rule rule) {
    return ResponseEntity.ok().eTag(EntityTag.of(rule.version())).body(json(caller, rule));
  }

  private Map<String, Object> json(Caller caller, Rule rule) {
    return RuleJson.write(rule, rules.sentence(caller.company(), rule));
  }
}
