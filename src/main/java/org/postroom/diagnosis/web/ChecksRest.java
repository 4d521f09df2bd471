package org.postroom.diagnosis.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.AccountDraft;
import org.postroom.accounts.AccountJson;
import org.postroom.diagnosis.Check;
import org.postroom.diagnosis.CheckJson;
import org.postroom.diagnosis.CheckListener;
import org.postroom.diagnosis.Diagnosis;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Connection checks over REST: at once as one JSON, or stage by stage as server-sent events. */
@RestController
@RequestMapping("/api/v1")
class ChecksRest {
  private static final int LISTED = 10;
  private final Diagnosis diagnosis;

  ChecksRest(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  private interface Work {
    Check run(CheckListener listener);
  }

  /** An account that nobody has saved: its body, and where the test message goes. */
  @PostMapping("/account_checks")
  @Nullable Map<String, @Nullable Object> unsaved(
      Caller caller,
      @RequestBody JsonNode body,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
      HttpServletResponse response)
      throws IOException {
    caller.require(Right.MANAGE_ACCOUNTS);
    String testTo = testTo(body);
    AccountDraft draft = AccountJson.read(without(body, "test_to"));
    return answer(accept, response, listener -> diagnosis.check(caller, draft, testTo, listener));
  }

  /** A saved account as it is, or with changes that nobody has saved. */
  @PostMapping("/accounts/{id}/checks")
  @Nullable Map<String, @Nullable Object> saved(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
      HttpServletResponse response)
      throws IOException {
    caller.require(Right.MANAGE_ACCOUNTS);
    String testTo = body == null ? null : testTo(body);
    JsonNode changes = body == null ? null : changes(body);
    return answer(
        accept,
        response,
        listener ->
            changes == null
                ? diagnosis.check(caller, id, testTo, listener)
                : diagnosis.check(
                    caller, id, account -> AccountJson.merge(account, changes), testTo, listener));
  }

  /** The last few checks of a saved account, newest first. */
  @GetMapping("/accounts/{id}/checks")
  Map<String, List<Map<String, @Nullable Object>>> list(Caller caller, @PathVariable String id) {
    return Map.of(
        "data", diagnosis.list(caller, id, LISTED).stream().map(CheckJson::write).toList());
  }

  /** Nothing is streamed before the work has begun: what is refused is a plain problem. */
  private static @Nullable Map<String, @Nullable Object> answer(
      @Nullable String accept, HttpServletResponse response, Work work) throws IOException {
    boolean stream = accept != null && accept.contains(EventStream.TYPE);
    if (!stream) return CheckJson.write(work.run(CheckListener.NOBODY));
    var events = new EventStream(response);
    Check check = work.run(new JsonEvents(events));
    events.send("result", JsonEvents.text(CheckJson.write(check)));
    return null;
  }

  private static @Nullable String testTo(JsonNode body) {
    JsonNode given = body.get("test_to");
    if (given == null || given.isNull()) return null;
    if (given.isString() && given.stringValue().length() <= 1000) return given.stringValue();
    throw Problem.invalid("/test_to", "invalid", "“test_to” is the address for the test message.");
  }

  private static @Nullable JsonNode changes(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.ignore("test_to");
    JsonNode changes = fields.raw("account");
    if (changes != null && !changes.isNull() && !changes.isObject())
      fields.error("/account", "wrong_type", "“account” is an object with what is to be changed.");
    fields.check();
    return changes == null || changes.isNull() ? null : changes;
  }

  private static JsonNode without(JsonNode body, String field) {
    if (!(body instanceof ObjectNode object)) return body;
    ObjectNode rest = object.deepCopy();
    rest.remove(field);
    return rest;
  }
}
