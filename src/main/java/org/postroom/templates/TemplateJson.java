package org.postroom.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.mail.Address;
import org.postroom.templates.Template.Level;
import tools.jackson.databind.JsonNode;

/** Templates as the API speaks of them. */
public final class TemplateJson {
  private static final int MOST_COPIES = 50;
  private static final int LONGEST_ADDRESS = 500;

  private TemplateJson() {}

  /** A new template; 422 with everything that is wrong. */
  public static TemplateDraft read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    Level level =
        fields.choice(
            "level", Map.of("application", Level.APPLICATION, "personal", Level.PERSONAL));
    var draft =
        new TemplateDraft(
            fields.required("purpose", 60),
            fields.required("language", 10),
            level == null ? Level.APPLICATION : level,
            fields.required("name", 100),
            body(fields, null),
            copies(fields, Copies.NONE),
            fields.flag("default", false),
            fields.text("note", 200));
    check(fields, draft);
    return draft;
  }

  /** The template with the fields that are there; a body's as well, one by one. */
  public static TemplateDraft merge(Template template, @Nullable JsonNode patch) {
    JsonFields fields = JsonFields.of(patch);
    fields.ignore("id", "owner", "version", "revision", "created_at", "updated_at", "updated_by");
    same(fields, "purpose", template.purpose());
    same(fields, "language", template.language());
    same(fields, "level", template.level().word());
    var draft =
        new TemplateDraft(
            template.purpose(),
            template.language(),
            template.level(),
            fields.has("name") ? fields.required("name", 100) : template.name(),
            fields.has("body") ? body(fields, template.body()) : template.body(),
            copies(fields, template.copies()),
            fields.flag("default", template.isDefault()),
            fields.text("note", 200));
    check(fields, draft);
    return draft;
  }

  public static Map<String, @Nullable Object> write(Template template) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", template.id());
    json.put("level", template.level().word());
    json.put("purpose", template.purpose());
    json.put("language", template.language());
    json.put("name", template.name());
    json.put("default", template.isDefault());
    json.put("body", write(template.body()));
    copies(json, template.copies());
    json.put("version", template.version());
    json.put("revision", template.revision());
    json.put("created_at", template.createdAt());
    json.put("updated_at", template.updatedAt());
    json.put("updated_by", template.savedBy());
    return json;
  }

  public static Map<String, @Nullable Object> write(TemplateVersion version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", version.number());
    json.put("name", version.name());
    json.put("body", write(version.body()));
    copies(json, version.copies());
    json.put("note", version.note());
    json.put("saved_at", version.savedAt());
    json.put("saved_by", version.savedBy());
    return json;
  }

  private static void check(JsonFields fields, TemplateDraft draft) {
    fields.errors(TemplateCheck.errors(draft));
    fields.check();
  }

  private static void same(JsonFields fields, String name, String value) {
    String given = fields.text(name, 60);
    if (given != null && !given.equals(value))
      fields.error(
          fields.at(name), "fixed", "This stays as it was made. Make another template instead.");
  }

  /** Of another kind than before it is a new one; of the same, what is not given stays. */
  private static Body body(JsonFields fields, @Nullable Body before) {
    JsonFields body = fields.object("body");
    if (body == null) {
      fields.error("/body", "required", "“body” is required.");
      return before == null ? new Body.Html("", "", null) : before;
    }
    String kind = body.choice("kind", Map.of("simple", "simple", "html", "html"));
    boolean html = kind == null ? before instanceof Body.Html : kind.equals("html");
    return html
        ? html(body, before instanceof Body.Html own ? own : null)
        : simple(body, before instanceof Body.Simple simple ? simple : null);
  }

  private static Body html(JsonFields body, Body.@Nullable Html before) {
    return new Body.Html(
        words(body, "subject", before == null ? "" : before.subject()),
        words(body, "html", before == null ? "" : before.html()),
        optional(body, "text", before == null ? null : before.text()));
  }

  private static Body simple(JsonFields body, Body.@Nullable Simple before) {
    var old = before == null ? NOTHING : before;
    return new Body.Simple(
        words(body, "subject", old.subject()),
        words(body, "preheader", old.preheader()),
        words(body, "heading", old.heading()),
        words(body, "greeting", old.greeting()),
        words(body, "message", old.message()),
        words(body, "button", old.button()),
        words(body, "closing", old.closing()),
        new Body.Signature(
            body.flag("signature", old.signature().on()),
            words(body, "signature_text", old.signature().text())),
        new Body.Blocks(
            body.flag("amount_box", old.blocks().amountBox()),
            body.flag("item_table", old.blocks().itemTable()),
            body.flag("pay_button", old.blocks().payButton()),
            body.flag("bank_details", old.blocks().bankDetails())));
  }

  private static final Body.Simple NOTHING =
      new Body.Simple("", "", "", "", "", "", "", new Body.Signature(false, ""), Body.Blocks.USUAL);

  /** Text of many lines; how long it may be is checked with the rest. Null empties. */
  private static String words(JsonFields fields, String name, String before) {
    String given = optional(fields, name, before);
    return given == null ? "" : given;
  }

  private static @Nullable String optional(
      JsonFields fields, String name, @Nullable String before) {
    JsonNode value = fields.raw(name);
    if (value == null) return fields.names().contains(name) ? null : before;
    if (value.isString()) return value.stringValue().replace("\r\n", "\n");
    fields.error(fields.at(name), "wrong_type", "This must be text.");
    return before;
  }

  private static Copies copies(JsonFields fields, Copies before) {
    return new Copies(
        addresses(fields, "cc", before.cc()),
        addresses(fields, "bcc", before.bcc()),
        fields.names().contains("reply_to")
            ? fields.parsed("reply_to", LONGEST_ADDRESS, Address::parse)
            : before.replyTo());
  }

  private static List<Address> addresses(JsonFields fields, String name, List<Address> before) {
    if (!fields.names().contains(name)) return before;
    List<Address> addresses = new ArrayList<>();
    for (JsonFields.Text text : fields.texts(name, MOST_COPIES, LONGEST_ADDRESS))
      fields.parse(text, Address::parse).ifPresent(addresses::add);
    return addresses;
  }

  private static void copies(Map<String, @Nullable Object> json, Copies copies) {
    Address replyTo = copies.replyTo();
    json.put("cc", copies.cc().stream().map(Address::display).toList());
    json.put("bcc", copies.bcc().stream().map(Address::display).toList());
    json.put("reply_to", replyTo == null ? null : replyTo.display());
  }

  private static Map<String, @Nullable Object> write(Body body) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", body instanceof Body.Html ? "html" : "simple");
    json.put("subject", body.subject());
    switch (body) {
      case Body.Html own -> {
        json.put("html", own.html());
        json.put("text", own.text());
      }
      case Body.Simple simple -> write(json, simple);
    }
    return json;
  }

  private static void write(Map<String, @Nullable Object> json, Body.Simple body) {
    json.put("preheader", body.preheader());
    json.put("heading", body.heading());
    json.put("greeting", body.greeting());
    json.put("message", body.message());
    json.put("button", body.button());
    json.put("closing", body.closing());
    json.put("signature", body.signature().on());
    json.put("signature_text", body.signature().text());
    json.put("amount_box", body.blocks().amountBox());
    json.put("item_table", body.blocks().itemTable());
    json.put("pay_button", body.blocks().payButton());
    json.put("bank_details", body.blocks().bankDetails());
  }
}
