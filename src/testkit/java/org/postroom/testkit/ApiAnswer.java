package org.postroom.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** What goes out. */
record ApiAnswer(int status, Map<String, String> headers, String body) {
  public ApiAnswer(int status, String body) {
    this(status, Map.of(), body);
  }

  public ApiAnswer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiAnswer(status, more, body);
  }
}
