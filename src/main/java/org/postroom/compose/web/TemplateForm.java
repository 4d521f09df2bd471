package org.postroom.compose.web;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.templates.Body;
import org.postroom.templates.Template;
import org.postroom.templates.TemplateDraft;
import org.postroom.templates.TemplateJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of the template editor, named as the API's pointers, so that what is wrong stands
 * beside its field.
 */
record TemplateForm(Map<String, String> fields) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 250_000;
  private static final Set<String> WORDS =
      Set.of("preheader", "heading", "greeting", "message", "button", "closing", "signature_text");
  private static final Set<String> SWITCHES =
      Set.of("signature", "amount_box", "item_table", "pay_button", "bank_details");

  TemplateForm {
    fields = Map.copyOf(fields);
  }

  /** As the page shows a template; its own document is asked for apart. */
  static TemplateForm of(Template template) {
    Map<String, String> fields = new java.util.HashMap<>();
    fields.put("purpose", template.purpose());
    fields.put("language", template.language());
    fields.put("level", template.level().word());
    fields.put("name", template.name());
    if (template.isDefault()) fields.put("default", "true");
    fields.put("revision", Long.toString(template.revision()));
    fields.put("cc", AddressList.lines(template.copies().cc()));
    fields.put("bcc", AddressList.lines(template.copies().bcc()));
    Address replyTo = template.copies().replyTo();
    if (replyTo != null) fields.put("reply_to", replyTo.display());
    fields.putAll(body(template.body()));
    return new TemplateForm(fields);
  }

  /** The same with other words. */
  TemplateForm with(Body body) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.keySet().removeIf(name -> name.startsWith("body/"));
    all.putAll(body(body));
    return new TemplateForm(all);
  }

  TemplateForm with(String name, String value) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put(name, value);
    return new TemplateForm(all);
  }

  /** What was typed; empty where nothing was. For pages. */
  public String get(String name) {
    String value = fields.getOrDefault(name, "");
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }

  public boolean on(String name) {
    return fields.get(name) != null && !get(name).isEmpty();
  }

  public boolean html() {
    return get("body/kind").equals("html");
  }

  public boolean personal() {
    return get("level").equals("personal");
  }

  /** {@code invoice/INV-1}, or nothing for a made-up one. */
  @Nullable DocumentRef document() {
    String[] parts = get("document").split("/", 2);
    return parts.length < 2 || parts[1].isEmpty() ? null : new DocumentRef(parts[0], parts[1]);
  }

  /** A new template; 422 with what is wrong. */
  TemplateDraft draft() {
    ObjectNode json = json();
    json.put("purpose", get("purpose"));
    json.put("language", get("language"));
    json.put("level", personal() ? "personal" : "application");
    return TemplateJson.read(json);
  }

  /** The same to look at, where a name is no matter. */
  TemplateDraft sketch() {
    return (get("name").isBlank() ? with("name", "Unnamed") : this).with("default", "").draft();
  }

  /** The template with these fields. */
  TemplateDraft change(Template template) {
    return TemplateJson.merge(template, json());
  }

  @Nullable Long revision() {
    return get("revision").matches("[0-9]{1,18}") ? Long.valueOf(get("revision")) : null;
  }

  private ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", get("name"));
    json.put("default", on("default") && !personal());
    json.put("note", get("note"));
    var cc = json.putArray("cc");
    AddressList.split(get("cc")).forEach(cc::add);
    var bcc = json.putArray("bcc");
    AddressList.split(get("bcc")).forEach(bcc::add);
    if (get("reply_to").isBlank()) json.putNull("reply_to");
    else json.put("reply_to", get("reply_to"));
    body(json.putObject("body"));
    return json;
  }

  private void body(ObjectNode body) {
    body.put("kind", html() ? "html" : "simple");
    body.put("subject", words("subject"));
    if (html()) {
      body.put("html", words("html"));
      if (words("text").isBlank()) body.putNull("text");
      else body.put("text", words("text"));
      return;
    }
    for (String name : WORDS) body.put(name, words(name));
    for (String name : SWITCHES) body.put(name, on("body/" + name));
  }

  /** Browsers send line ends of their own. */
  private String words(String name) {
    return get("body/" + name).replace("\r\n", "\n");
  }

  private static Map<String, String> body(Body body) {
    Map<String, String> fields = new java.util.HashMap<>();
    fields.put("body/subject", body.subject());
    switch (body) {
      case Body.Html own -> {
        fields.put("body/kind", "html");
        fields.put("body/html", own.html());
        String text = own.text();
        if (text != null) fields.put("body/text", text);
      }
      case Body.Simple simple -> simple(fields, simple);
    }
    return fields;
  }

  private static void simple(Map<String, String> fields, Body.Simple simple) {
    fields.put("body/kind", "simple");
    fields.put("body/preheader", simple.preheader());
    fields.put("body/heading", simple.heading());
    fields.put("body/greeting", simple.greeting());
    fields.put("body/message", simple.message());
    fields.put("body/button", simple.button());
    fields.put("body/closing", simple.closing());
    fields.put("body/signature_text", simple.signature().text());
    on(fields, "signature", simple.signature().on());
    on(fields, "amount_box", simple.blocks().amountBox());
    on(fields, "item_table", simple.blocks().itemTable());
    on(fields, "pay_button", simple.blocks().payButton());
    on(fields, "bank_details", simple.blocks().bankDetails());
  }

  private static void on(Map<String, String> fields, String name, boolean on) {
    if (on) fields.put("body/" + name, "true");
  }
}
