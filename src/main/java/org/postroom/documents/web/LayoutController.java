package org.postroom.documents.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.Layout;
import org.postroom.documents.LayoutJson;
import org.postroom.documents.Layouts;
import org.postroom.documents.OwnLayout;
import org.postroom.documents.OwnLayouts;
import org.postroom.http.EntityTag;
import org.postroom.http.Framed;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
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

/** {@code /api/v1/layouts}: the built-in layouts and the company's own. */
@RestController
@RequestMapping("/api/v1/layouts")
class LayoutController {
  private final OwnLayouts layouts;

  LayoutController(OwnLayouts layouts) {
    this.layouts = layouts;
  }

  /** The built-in ones first. */
  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var wanted = kind == null ? null : DocumentController.kind(kind);
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Layout layout : Layouts.builtIn())
      if (wanted == null || layout.kinds().contains(wanted)) all.add(LayoutJson.summary(layout));
    for (OwnLayout layout : layouts.list(caller.company()))
      if (wanted == null || layout.kinds().contains(wanted)) all.add(LayoutJson.summary(layout));
    return slice(all, Slice.limit(limit), cursor);
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> create(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout layout = layouts.create(caller, LayoutJson.read(body));
    return ResponseEntity.created(URI.create("/api/v1/layouts/" + layout.id()))
        .eTag(EntityTag.of(layout.version()))
        .body(LayoutJson.write(layout));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller, @PathVariable String id) {
    return reply(layouts.get(caller.company(), id));
  }

  /** Changes the fields that are there; each change makes a version. */
  @PatchMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> change(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode patch) {
    return reply(
        layouts.update(
            caller, id, EntityTag.version(ifMatch), layout -> LayoutJson.merge(layout, patch)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    layouts.delete(caller, id, EntityTag.version(ifMatch));
    return ResponseEntity.noContent().build();
  }

  @GetMapping("/{id}/versions")
  Slice<Map<String, @Nullable Object>> versions(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    long before = cursor == null || cursor.isEmpty() ? Long.MAX_VALUE : number(cursor);
    List<OwnLayout> all =
        layouts.versions(caller.company(), id).stream()
            .filter(layout -> layout.version() < before)
            .toList();
    int most = Slice.limit(limit);
    List<OwnLayout> oneMore = all.subList(0, Math.min(all.size(), most + 1));
    return Slice.of(oneMore, most, layout -> String.valueOf(layout.version()))
        .map(LayoutJson::summary);
  }

  @GetMapping("/{id}/versions/{number}")
  Map<String, @Nullable Object> version(
      Caller caller, @PathVariable String id, @PathVariable String number) {
    return LayoutJson.write(layouts.version(caller.company(), id, number(number)));
  }

  @PostMapping("/{id}/versions/{number}/restore")
  ResponseEntity<Map<String, @Nullable Object>> restore(
      Caller caller,
      @PathVariable String id,
      @PathVariable String number,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return reply(layouts.restore(caller, id, EntityTag.version(ifMatch), number(number)));
  }

  @PostMapping("/{id}/preview")
  ResponseEntity<byte[]> preview(
      Caller caller, @PathVariable String id, @RequestBody(required = false) JsonNode body) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout layout = layouts.get(caller.company(), id);
    var wish = LayoutWish.of(body, layout.draft());
    return pdf(layouts.preview(caller, wish.draft().design(), wish.wish()));
  }

  /** Of something unsaved. */
  @PostMapping("/preview")
  ResponseEntity<byte[]> preview(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_TEMPLATES);
    var wish = LayoutWish.of(body);
    return pdf(layouts.preview(caller, wish.draft().design(), wish.wish()));
  }

  private static ResponseEntity<byte[]> pdf(byte[] pdf) {
    return Framed.sandboxedPdf(pdf, "preview.pdf");
  }

  private static ResponseEntity<Map<String, @Nullable Object>> reply(OwnLayout layout) {
    return ResponseEntity.ok().eTag(EntityTag.of(layout.version())).body(LayoutJson.write(layout));
  }

  /** There are few; the cursor is the id that came last. */
  private static Slice<Map<String, @Nullable Object>> slice(
      List<Map<String, @Nullable Object>> all, int limit, @Nullable String cursor) {
    int from = 0;
    if (cursor != null && !cursor.isEmpty()) {
      while (from < all.size() && !cursor.equals(all.get(from).get("id"))) from++;
      if (from++ == all.size())
        throw Problem.invalid("cursor", "invalid", "This cursor did not come from this list.");
    }
    List<Map<String, @Nullable Object>> oneMore =
        all.subList(from, Math.min(all.size(), from + limit + 1));
    return Slice.of(oneMore, limit, layout -> String.valueOf(layout.get("id")));
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
