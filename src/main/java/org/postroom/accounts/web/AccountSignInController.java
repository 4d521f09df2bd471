package org.postroom.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.SignIns;
import org.postroom.http.JsonFields;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Signing in at the provider, for programs that have a person at a browser. */
@RestController
@RequestMapping("/api/v1/accounts/{id}")
class AccountSignInController {
  private final SignIns signIns;

  AccountSignInController(SignIns signIns) {
    this.signIns = signIns;
  }

  /** Where to send the browser of somebody who has signed in to Postroom. */
  @PostMapping("/sign_in")
  Map<String, @Nullable Object> begin(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body,
      HttpServletRequest request) {
    SignIns.Begun begun = signIns.begin(caller, id, new SignIns.Ask(Here.of(request), large(body)));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("url", begun.url().toString());
    json.put(
        "admin_consent_url",
        begun.adminConsentUrl() == null ? null : begun.adminConsentUrl().toString());
    json.put("redirect_address", signIns.redirect(Here.of(request)).toString());
    return json;
  }

  @PostMapping("/disconnect")
  Map<String, @Nullable Object> disconnect(Caller caller, @PathVariable String id) {
    SignIns.Disconnected done = signIns.disconnect(caller, id);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("revoked", done.revoked());
    json.put("message", done.message());
    return json;
  }

  private static boolean large(@Nullable JsonNode body) {
    if (body == null) return false;
    JsonFields fields = JsonFields.of(body);
    boolean large = fields.flag("large_attachments", false);
    fields.check();
    return large;
  }
}
