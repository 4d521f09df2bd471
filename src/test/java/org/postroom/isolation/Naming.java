package org.postroom.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postroom.testkit.ApiDescription.Example;
import org.postroom.testkit.ApiDescription.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that name something of the first company where one's own is meant. */
final class Naming {
  /** What properties that name something are called, and of what kind it is. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("account", "acc"),
          Map.entry("send_from", "acc"),
          Map.entry("fallback", "acc"),
          Map.entry("template", "tpl"),
          Map.entry("layout", "lay"),
          Map.entry("owner", "usr"),
          Map.entry("gateway", "pgw"),
          Map.entry("rules", "rul"),
          Map.entry("files", "sfl"),
          Map.entry("event", "evt"),
          Map.entry("link", "pay"));

  private final TwoCompanies two;

  Naming(TwoCompanies two) {
    this.two = two;
  }

  /** The example with one property at a time changed, wherever its schema has such a property. */
  List<String> bodies(Operation operation, Example example) {
    List<String> bodies = new ArrayList<>();
    JsonNode schema = two.api().bodies(operation).get(example.type()).get("schema");
    place(schema, (ObjectNode) example.value().deepCopy(), "", bodies, (ObjectNode) null, 0);
    return bodies;
  }

  private void place(
      JsonNode reference,
      ObjectNode body,
      String at,
      List<String> bodies,
      ObjectNode root,
      int depth) {
    JsonNode schema = two.api().resolved(reference);
    ObjectNode whole = root == null ? body : root;
    for (JsonNode each : schema.path("allOf")) place(each, body, at, bodies, whole, depth);
    for (var property : schema.path("properties").properties()) {
      String name = property.getKey();
      JsonNode before = body.get(name);
      String kind = kind(name);
      if (kind != null) {
        body.put(name, two.one(kind));
        bodies.add(whole.toString());
        body.putArray(name).add(two.one(kind));
        bodies.add(whole.toString());
      } else if (depth < 3 && isObject(two.api().resolved(property.getValue()))) {
        ObjectNode inner = before instanceof ObjectNode there ? there : body.putObject(name);
        place(property.getValue(), inner, at + "/" + name, bodies, whole, depth + 1);
      }
      if (before == null) body.remove(name);
      else body.set(name, before);
    }
  }

  private static boolean isObject(JsonNode schema) {
    return schema.has("properties") || schema.has("allOf");
  }

  private static String kind(String name) {
    for (var each : KINDS.entrySet())
      if (name.equals(each.getKey()) || name.endsWith("_" + each.getKey())) return each.getValue();
    return null;
  }
}
