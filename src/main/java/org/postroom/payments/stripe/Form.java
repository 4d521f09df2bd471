package org.postroom.payments.stripe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A form as Stripe wants it: {@code line_items[0][quantity]=1}. The order stays. */
final class Form {
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();

  Form put(String name, @Nullable Object value) {
    if (value != null) fields.add(Map.entry(name, value.toString()));
    return this;
  }

  String encoded() {
    return fields.stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
