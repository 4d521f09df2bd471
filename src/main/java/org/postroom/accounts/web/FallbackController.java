package org.postroom.accounts.web;

import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.accounts.Fallbacks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/account_fallbacks")
class FallbackController {
  private final Fallbacks fallbacks;

  FallbackController(Fallbacks fallbacks) {
    this.fallbacks = fallbacks;
  }

  @GetMapping
  Map<String, String> get(Caller caller) {
    return fallbacks.list(caller.company());
  }

  /** Replaces all fallbacks. */
  @PutMapping
  Map<String, String> put(Caller caller, @RequestBody JsonNode body) {
    return fallbacks.replace(caller, Fallbacks.read(body));
  }
}
