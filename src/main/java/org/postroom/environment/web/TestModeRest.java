package org.postroom.environment.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.environment.TestMode;
import org.postroom.environment.TestMode.Mode;
import org.postroom.environment.TestModes;
import org.postroom.http.EntityTag;
import org.postroom.http.JsonFields;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/test_mode}: whether a company's mail really leaves. */
@RestController
@RequestMapping("/api/v1/test_mode")
class TestModeRest {
  private final TestModes modes;

  TestModeRest(TestModes modes) {
    this.modes = modes;
  }

  @GetMapping
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller) {
    return answer(modes.of(caller.company()));
  }

  @PutMapping
  ResponseEntity<Map<String, @Nullable Object>> put(
      Caller caller,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return answer(modes.save(caller, read(body), EntityTag.version(ifMatch)));
  }

  private static TestMode read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.required("mode", 40);
    Mode mode = fields.choice("mode", Mode.byWord());
    String to = fields.text("redirect_to", 254);
    List<String> allowed = new ArrayList<>();
    fields.texts("allowed", 200, 254).forEach(text -> allowed.add(text.value()));
    fields.check();
    return TestMode.of(mode == null ? Mode.OFF : mode, to, allowed);
  }

  private static ResponseEntity<Map<String, @Nullable Object>> answer(TestMode mode) {
    return ResponseEntity.ok().eTag(EntityTag.of(mode.version())).body(TestModes.write(mode));
  }
}
