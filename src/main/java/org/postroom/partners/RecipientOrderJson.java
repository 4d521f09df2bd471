package org.postroom.partners;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.http.JsonFields.Text;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;
import tools.jackson.databind.JsonNode;

/** A recipient order as the API and the built-in file speak of it. */
public final class RecipientOrderJson {
  private static final int MOST = 12;

  private RecipientOrderJson() {}

  /** Reads a body; throws a 422 problem with everything that is wrong. */
  public static RecipientOrder read(Purpose purpose, @Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.ignore("purpose", "changed");
    List<List<RecipientSource>> alternatives = alternatives(fields);
    List<RecipientSource> always = new ArrayList<>();
    for (Text text : fields.texts("always", MOST, 100)) add(fields, text, always);
    fields.check();
    return new RecipientOrder(purpose, alternatives, always);
  }

  private static List<List<RecipientSource>> alternatives(JsonFields fields) {
    List<List<RecipientSource>> groups = new ArrayList<>();
    JsonNode list = fields.raw("alternatives");
    if (list == null || !list.isArray() || list.isEmpty() || list.size() > MOST) {
      String message = "“alternatives” must be a list of 1 to " + MOST + " groups of sources.";
      fields.error("/alternatives", "required", message);
      return groups;
    }
    for (int i = 0; i < list.size(); i++) groups.add(group(fields, list.get(i), i));
    return groups;
  }

  /** One word, or several in a list. */
  private static List<RecipientSource> group(JsonFields fields, JsonNode node, int index) {
    String pointer = "/alternatives/" + index;
    List<RecipientSource> group = new ArrayList<>();
    if (node.isString()) add(fields, new Text(pointer, node.stringValue()), group);
    else if (node.isArray() && !node.isEmpty() && node.size() <= MOST) {
      for (int i = 0; i < node.size(); i++) {
        JsonNode word = node.get(i);
        add(fields, new Text(pointer + "/" + i, word.isString() ? word.stringValue() : ""), group);
      }
    } else {
      fields.error(pointer, "wrong_type", "A group is a source or a list of sources.");
    }
    return group;
  }

  private static void add(JsonFields fields, Text text, List<RecipientSource> sources) {
    RecipientSource source = RecipientSource.BY_WORD.get(text.value());
    if (source != null) {
      sources.add(source);
      return;
    }
    String typed = text.value();
    String shown = typed.length() > 60 ? typed.substring(0, 60) + "…" : typed;
    String hint = Nearest.hint(typed, RecipientSource.BY_WORD.keySet());
    String message = "There is no source “" + shown + "”." + hint;
    fields.error(text.pointer(), "unknown_value", message);
  }

  /** The purpose a word in an address names; 404 with the nearest one otherwise. */
  public static Purpose purpose(String word) {
    List<String> words = java.util.Arrays.stream(Purpose.values()).map(Purpose::word).toList();
    return Purpose.of(word)
        .orElseThrow(() ->
            Problem.of(
                404, "not_found", "There is no purpose of that name." + Nearest.hint(word, words)));
  }

  /**
   * The reply.
   *
   * @param changed whether the company has its own order
   */
  public static Map<String, Object> write(RecipientOrder order, boolean changed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("purpose", order.purpose().word());
    json.put("alternatives", order.alternatives().stream().map(RecipientOrderJson::words).toList());
    json.put("always", words(order.always()));
    json.put("changed", changed);
    return json;
  }

  private static List<String> words(List<RecipientSource> sources) {
    return sources.stream().map(RecipientSource::word).toList();
  }
}
