package org.postroom.payments.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayDraft;
import org.postroom.payments.Way;
import tools.jackson.databind.JsonNode;

/** Gateways as programs read and write them. Secrets are only written. */
final class GatewayJson {
  private static final Map<String, Way.Kind> KINDS =
      Map.of("stripe", Way.Kind.STRIPE, "url", Way.Kind.URL, "bank", Way.Kind.BANK);

  private GatewayJson() {}

  static GatewayDraft read(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.required("kind", 20);
    Way.Kind kind = Objects.requireNonNullElse(fields.choice("kind", KINDS), Way.Kind.BANK);
    var draft = new GatewayDraft(kind, usual(kind), true, List.of(), null, null, null, null);
    GatewayDraft wanted = over(draft, fields);
    fields.check();
    return wanted;
  }

  /** The fields that are there over those of the stored one. */
  static GatewayDraft merge(GatewayDraft before, JsonNode patch) {
    JsonFields fields = JsonFields.of(patch);
    GatewayDraft wanted = over(before, fields);
    fields.check();
    return wanted;
  }

  static Map<String, @Nullable Object> write(Gateway gateway, String hook) {
    Gateway.Address address = gateway.address();
    Gateway.Mode mode = gateway.keys().mode();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", gateway.id());
    json.put("kind", gateway.kindWord());
    json.put("title", gateway.title());
    json.put("enabled", gateway.enabled());
    json.put("position", gateway.position());
    json.put("currencies", gateway.currencies());
    json.put("url", address == null ? null : address.pattern());
    json.put("signature_parameter", address == null ? null : address.signature());
    json.put("mode", mode == null ? null : mode.word());
    json.put("has_secret", gateway.keys().secret());
    json.put("has_webhook_secret", gateway.keys().hook());
    json.put("webhook_url", gateway.kind() == Way.Kind.BANK ? null : hook);
    json.put("last_heard_at", gateway.heard().at());
    json.put("trouble", gateway.heard().trouble());
    json.put("created_at", gateway.createdAt());
    return json;
  }

  static String usual(Way.Kind kind) {
    return switch (kind) {
      case STRIPE -> "Card or wallet";
      case URL -> "Pay online";
      case BANK -> "Bank transfer";
    };
  }

  private static GatewayDraft over(GatewayDraft before, JsonFields fields) {
    String title = fields.text("title", 60);
    List<String> currencies = new ArrayList<>(before.currencies());
    if (fields.has("currencies")) {
      currencies.clear();
      fields.texts("currencies", 200, 3).forEach(text -> currencies.add(text.value()));
    }
    return new GatewayDraft(
        before.kind(),
        title == null ? before.title() : title,
        fields.flag("enabled", before.enabled()),
        currencies,
        kept(fields, "url", 1000, before.pattern()),
        kept(fields, "signature_parameter", 40, before.signature()),
        secret(fields, "secret"),
        secret(fields, "webhook_secret"));
  }

  private static @Nullable String kept(
      JsonFields fields, String name, int longest, @Nullable String before) {
    if (fields.emptied(name)) return null;
    String text = fields.text(name, longest);
    return text == null ? before : text;
  }

  /** Empty takes it away, absent keeps it. */
  private static @Nullable String secret(JsonFields fields, String name) {
    return fields.emptied(name) ? "" : fields.text(name, 300);
  }
}
