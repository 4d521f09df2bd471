package org.postroom.accounts;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What is sealed for an account: an object, so that other kinds can keep more than a password. */
final class SecretJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SecretJson() {}

  static String write(String password) {
    return JSON.writeValueAsString(Map.of("password", password));
  }

  static String password(String json) {
    return JSON.readTree(json).path("password").stringValue("");
  }
}
