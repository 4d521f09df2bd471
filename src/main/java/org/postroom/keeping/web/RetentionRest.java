package org.postroom.keeping.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.keeping.Retention;
import org.postroom.keeping.Retention.Kept;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** How long the company keeps what grows. */
@RestController
@RequestMapping("/api/v1/retention")
class RetentionRest {
  private final Retention retention;

  RetentionRest(Retention retention) {
    this.retention = retention;
  }

  @GetMapping
  Map<String, Integer> get(Caller caller) {
    return write(retention.of(caller));
  }

  @PutMapping
  Map<String, Integer> put(Caller caller, @RequestBody @Nullable JsonNode body) {
    retention.of(caller); // the right first
    if (body == null || !body.isObject() || body.size() > 50)
      throw Problem.unreadable("An object is needed: kinds with their days.", List.of());
    Map<String, Integer> days = new LinkedHashMap<>();
    body.properties()
        .forEach(each -> {
          if (!each.getValue().isInt())
            throw Problem.invalid("/" + each.getKey(), "wrong_type", "Days are a whole number.");
          days.put(each.getKey(), each.getValue().intValue());
        });
    return write(retention.save(caller, days));
  }

  private static Map<String, Integer> write(List<Kept> all) {
    Map<String, Integer> json = new LinkedHashMap<>();
    for (Kept kept : all) json.put(kept.kind(), kept.days());
    return json;
  }
}
