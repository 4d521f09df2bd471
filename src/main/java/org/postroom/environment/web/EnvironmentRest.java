package org.postroom.environment.web;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.postroom.http.JsonFields;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/environment}: whether this installation is the original or a copy. */
@RestController
@RequestMapping("/api/v1/environment")
class EnvironmentRest {
  private static final Map<String, Standing> WORDS =
      Arrays.stream(Standing.values()).collect(Collectors.toMap(Standing::word, each -> each));
  private final Environment environment;

  EnvironmentRest(Environment environment) {
    this.environment = environment;
  }

  /** How it stands, for programs. */
  record Answer(String id, String belongsTo, String standing) {}

  @GetMapping
  Answer get(Caller caller) {
    return answer();
  }

  @PutMapping
  Answer put(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.MANAGE_PEOPLE);
    JsonFields fields = JsonFields.of(body);
    fields.required("standing", 40);
    Standing standing = fields.choice("standing", WORDS);
    fields.check();
    if (standing != null) environment.become(caller, standing);
    return answer();
  }

  private Answer answer() {
    return new Answer(environment.id(), environment.owner(), environment.standing().word());
  }
}
