package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.BulkDraft.Item;
import org.postroom.compose.BulkDraft.Wish;
import org.springframework.util.MultiValueMap;

/** Reads the page of many documents: fields of a document carry its place, such as {@code to-3}. */
final class BulkForm {
  private static final int LONGEST = 5_000;

  private BulkForm() {}

  /** What is not in the form stays as it was. */
  static Wish wish(Wish before, MultiValueMap<String, String> form) {
    String remove = text(form, "remove", "");
    List<Item> items = new ArrayList<>();
    for (int place = 0; place < before.items().size(); place++)
      if (!remove.equals(String.valueOf(place)))
        items.add(item(before.items().get(place), "-" + place, form));
    return new Wish(
        items,
        form.containsKey("combine"),
        text(form, "account", before.account()),
        text(form, "layout", before.layout()),
        "at".equals(form.getFirst("when")),
        text(form, "at", before.at()));
  }

  private static Item item(Item before, String place, MultiValueMap<String, String> form) {
    return new Item(
        before.kind(),
        before.number(),
        text(form, "to" + place, before.to()),
        text(form, "account" + place, before.account()),
        text(form, "template" + place, before.template()),
        text(form, "layout" + place, before.layout()));
  }

  private static String text(MultiValueMap<String, String> form, String name, String before) {
    @Nullable String value = form.getFirst(name);
    if (value == null) return before;
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value.strip();
  }
}
