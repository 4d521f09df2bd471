package org.postroom.bounces.reading;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The recipient written into the address the report came to: bounces+anna=shop.example@ours. */
final class Verp {
  private static final Pattern WRITTEN =
      Pattern.compile("[+-]([A-Za-z0-9._%+-]{1,64}?)=([A-Za-z0-9.-]{3,190}+)@");

  private Verp() {}

  static @Nullable String address(Headers headers) {
    for (String name : List.of("delivered-to", "x-original-to", "envelope-to", "to")) {
      Matcher matcher = WRITTEN.matcher(headers.first(name));
      if (matcher.find() && matcher.group(2).indexOf('.') > 0)
        return matcher.group(1) + "@" + matcher.group(2);
    }
    return null;
  }
}
