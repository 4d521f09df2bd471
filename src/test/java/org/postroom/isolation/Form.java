package org.postroom.isolation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/**
 * A form of a page, filled as the page filled it; what is chosen from a list is the last choice,
 * and rows that can be ticked are.
 */
record Form(String action, boolean multipart, List<Field> fields) {
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\u0000",
          "a\r\nBcc: thief@evil.example",
          "'; DROP TABLE messages; --",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "{{#each this}}{{/each}}",
          "\uD83D\uDCEE\u202E",
          "\uD800",
          "-1",
          "99999999999999999999",
          "1e400",
          "2026-02-30",
          "a@b@c",
          "acc_00000000000000000000000000",
          "y".repeat(20_000));

  record Field(String name, String value, boolean file) {}

  Form(String action, boolean multipart) {
    this(action, multipart, List.of());
  }

  static Form of(Element form, String action) {
    List<Field> fields = new ArrayList<>();
    for (Element each : form.select("input[name], textarea[name], select[name], button[name]"))
      add(each, fields);
    return new Form(action, form.attr("enctype").startsWith("multipart"), List.copyOf(fields));
  }

  Form with(String name, String value) {
    List<Field> all = new ArrayList<>(fields);
    all.removeIf(field -> field.name().equals(name));
    all.add(new Field(name, value, false));
    return new Form(action, multipart, all);
  }

  Form withValues(UnaryOperator<String> change) {
    return new Form(
        action,
        multipart,
        fields.stream()
            .map(field -> new Field(field.name(), change.apply(field.value()), field.file()))
            .toList());
  }

  /** With something odd in one or two of its fields. */
  Form withOdd(Random random) {
    Form odd = this;
    for (int i = random.nextInt(2); i >= 0; i--)
      odd =
          odd.with(
              fields.get(random.nextInt(fields.size())).name(),
              ODD.get(random.nextInt(ODD.size())));
    return odd;
  }

  /** What kind of form it is: the names of what it asks. */
  List<String> names() {
    return fields.stream().map(Field::name).distinct().sorted().toList();
  }

  String encoded() {
    return fields.stream()
        .filter(field -> !field.file())
        .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
        .collect(Collectors.joining("&"));
  }

  private static void add(Element field, List<Field> all) {
    String name = field.attr("name");
    String type = field.attr("type");
    if (name.equals("_csrf") || field.hasAttr("disabled")) return;
    boolean names =
        Rows.ID.matcher(field.attr("value")).find() || field.attr("value").contains("/");
    if (type.matches("checkbox|radio") && !field.hasAttr("checked") && !names) return;
    if (field.normalName().equals("button") && all.stream().anyMatch(f -> f.name().equals(name)))
      return;
    String value =
        switch (field.normalName()) {
          case "select" -> {
            Element chosen = field.selectFirst("option[selected]");
            if (chosen == null) chosen = field.select("option").last();
            yield chosen == null ? "" : chosen.attr("value");
          }
          case "textarea" -> field.wholeText();
          default -> field.attr("value");
        };
    all.add(new Field(name, value, type.equals("file")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
