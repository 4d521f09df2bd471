package org.postroom.templates.web;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.EntityTag;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.templates.Template;
import org.postroom.templates.Template.Level;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.TemplateFilter;
import org.postroom.templates.TemplateJson;
import org.postroom.templates.Templates;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/templates")
class TemplateController {
  private static final Map<String, Level> LEVELS =
      Arrays.stream(Level.values())
          .filter(level -> level != Level.BUILT_IN)
          .collect(Collectors.toMap(Level::word, level -> level, (a, b) -> a, TreeMap::new));

  private final Templates templates;
  private final TemplateChanges changes;

  TemplateController(Templates templates, TemplateChanges changes) {
    this.templates = templates;
    this.changes = changes;
  }

  /** The company's and the caller's own. */
  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String purpose,
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(required = false) @Nullable String level,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    if (purpose != null && !templates.isPurpose(purpose))
      throw Problem.invalid("purpose", "unknown_value", "There are no mails of this purpose.");
    var filter = new TemplateFilter(purpose, language, level(level), Slice.cursor(cursor, "tpl"));
    return templates.list(caller, filter, Slice.limit(limit)).map(TemplateJson::write);
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> create(Caller caller, @RequestBody JsonNode body) {
    TemplateChanges.requireMaking(caller);
    Template template = changes.create(caller, TemplateJson.read(body));
    return ResponseEntity.created(URI.create("/api/v1/templates/" + template.id()))
        .eTag(EntityTag.of(template.revision()))
        .body(TemplateJson.write(template));
  }

  /** Built-in texts can be read as well, to start from. */
  @GetMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller, @PathVariable String id) {
    return reply(templates.get(caller, id));
  }

  /** Changes the fields that are there, also those of the body; others stay. */
  @PatchMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> change(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode patch) {
    return reply(
        changes.update(
            caller,
            id,
            EntityTag.version(ifMatch),
            template -> TemplateJson.merge(template, patch)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    changes.delete(caller, id, EntityTag.version(ifMatch));
    return ResponseEntity.noContent().build();
  }

  /** The newest first. */
  @GetMapping("/{id}/versions")
  Slice<Map<String, @Nullable Object>> versions(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return changes
        .versions(caller, id, Slice.limit(limit), before(cursor))
        .map(TemplateJson::write);
  }

  /** An earlier text becomes the newest version. */
  @PostMapping("/{id}/versions/{version}/restore")
  ResponseEntity<Map<String, @Nullable Object>> restore(
      Caller caller,
      @PathVariable String id,
      @PathVariable String version,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return reply(changes.restore(caller, id, number(version), EntityTag.version(ifMatch)));
  }

  private static ResponseEntity<Map<String, @Nullable Object>> reply(Template template) {
    return ResponseEntity.ok()
        .eTag(EntityTag.of(template.revision()))
        .body(TemplateJson.write(template));
  }

  private static @Nullable Level level(@Nullable String word) {
    if (word == null) return null;
    Level level = LEVELS.get(word);
    if (level != null) return level;
    String hint = Nearest.hint(word, LEVELS.keySet());
    throw Problem.invalid("level", "unknown_value", "A level is application or personal." + hint);
  }

  private static long before(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) return Long.MAX_VALUE;
    if (cursor.matches("[1-9][0-9]{0,17}")) return Long.parseLong(cursor);
    throw Problem.invalid("cursor", "invalid", "This cursor did not come from this list.");
  }

  /** What is no number is a version that does not exist. */
  private static long number(String version) {
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : 0;
  }
}
