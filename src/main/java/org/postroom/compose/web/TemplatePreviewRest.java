package org.postroom.compose.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.TemplatePreview;
import org.postroom.compose.TemplatePreviews;
import org.postroom.documents.DocumentKind;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.MessageJson;
import org.postroom.templates.Template;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.TemplateJson;
import org.postroom.templates.Templates;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Templates filled in with real documents, and sent to try. */
@RestController
@RequestMapping("/api/v1/templates")
class TemplatePreviewRest {
  private final Templates templates;
  private final TemplatePreviews previews;

  TemplatePreviewRest(Templates templates, TemplatePreviews previews) {
    this.templates = templates;
    this.previews = previews;
  }

  /** A stored one; built-in texts as well. */
  @PostMapping("/{id}/preview")
  Map<String, @Nullable Object> stored(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    Template template = templates.get(caller, id);
    return json(previews.preview(caller, template, document(body)));
  }

  /** One that is not kept: the body is a template as for making one, and a document. */
  @PostMapping("/preview")
  Map<String, @Nullable Object> unsaved(Caller caller, @RequestBody JsonNode body) {
    TemplateChanges.requireMaking(caller);
    JsonFields fields = JsonFields.of(body);
    JsonNode template = fields.raw("template");
    DocumentRef document = document(fields);
    if (template == null) fields.error("/template", "required", "“template” is required.");
    fields.check();
    return json(previews.preview(caller, draft(caller, template), document));
  }

  /** Sends it to the caller, or to who is named. */
  @PostMapping("/{id}/test")
  ResponseEntity<Map<String, @Nullable Object>> test(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.SEND);
    Template template = templates.get(caller, id);
    Address to = caller.email() == null ? null : Address.of(caller.email());
    DocumentRef document = null;
    if (body != null && !body.isNull()) {
      JsonFields fields = JsonFields.of(body);
      document = document(fields);
      Address named = fields.parsed("to", 500, Address::parse);
      fields.check();
      to = named == null ? to : named;
    }
    if (to == null)
      throw Problem.invalid("/to", "required", "A key has no address: say who gets the test.");
    Message message = previews.test(caller, template, document, to);
    return ResponseEntity.accepted()
        .header("Location", "/api/v1/messages/" + message.id())
        .body(MessageJson.write(message));
  }

  private static Template draft(Caller caller, @Nullable JsonNode template) {
    try {
      return Template.unsaved(caller.company(), TemplateJson.read(template));
    } catch (Problem problem) {
      throw problem.within("/template");
    }
  }

  private static @Nullable DocumentRef document(@Nullable JsonNode body) {
    if (body == null || body.isNull()) return null;
    JsonFields fields = JsonFields.of(body);
    DocumentRef document = document(fields);
    fields.check();
    return document;
  }

  private static @Nullable DocumentRef document(JsonFields fields) {
    JsonFields document = fields.object("document");
    if (document == null) return null;
    String kind = document.required("kind", 40);
    String number = document.required("number", 200);
    if (!kind.isEmpty() && DocumentKind.of(kind).isEmpty())
      document.error(document.at("kind"), "unknown_kind", "“" + kind + "” is no kind of document.");
    return new DocumentRef(kind, number);
  }

  private static Map<String, @Nullable Object> json(TemplatePreview preview) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("subject", preview.content().subject());
    json.put("html", preview.content().html());
    json.put("text", preview.content().text());
    json.put("missing", preview.content().missing());
    json.put("warnings", preview.warnings());
    DocumentRef document = preview.document();
    json.put(
        "document",
        document == null ? null : Map.of("kind", document.kind(), "number", document.number()));
    json.put("from", preview.from().display());
    return json;
  }
}
