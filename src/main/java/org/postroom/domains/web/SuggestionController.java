package org.postroom.domains.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.domains.Discovery;
import org.postroom.domains.SuggestionJson;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/account_suggestions")
class SuggestionController {
  private final Discovery discovery;

  SuggestionController(Discovery discovery) {
    this.discovery = discovery;
  }

  @GetMapping
  Map<String, @Nullable Object> find(Caller caller, @RequestParam(defaultValue = "") String email) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return SuggestionJson.write(discovery.find(address(email)));
  }

  static Address address(String email) {
    try {
      return Address.of(email);
    } catch (IllegalArgumentException notAnAddress) {
      throw Problem.invalid("/email", "invalid", String.valueOf(notAnAddress.getMessage()));
    }
  }
}
