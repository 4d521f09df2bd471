package org.postroom.http;

import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /problems/{code}}: the page that a problem's {@code type} names (RFC 9457, 3.1.1). */
@Controller
class ProblemPage {
  private static final Map<String, String> MEANING =
      Map.ofEntries(
          Map.entry(
              "unreadable",
              "The request could not be read: the JSON is broken, a field is not known, or a value has the wrong type. Each entry of “errors” names one place. Nothing was stored."),
          Map.entry(
              "invalid",
              "The request was read, but fields hold what cannot be accepted. Correct every entry of “errors” and send again. Nothing was stored."),
          Map.entry(
              "not_found", "There is nothing at this address, or it belongs to another company."),
          Map.entry(
              "unauthenticated",
              "An API key is needed: send the header Authorization: Bearer, followed by the key."),
          Map.entry(
              "unknown_key",
              "The API key is not known, was withdrawn, or may not be used from this network."),
          Map.entry(
              "forbidden",
              "The key or person is known, but lacks the right. An administrator gives keys their scopes and people their roles."),
          Map.entry(
              "method_not_allowed",
              "The address exists, but not for this method. The Allow header lists the possible ones."),
          Map.entry("unsupported_media_type", "The body's Content-Type is not taken here."),
          Map.entry(
              "not_acceptable",
              "The Accept header asks for something that this address cannot give."),
          Map.entry("too_large", "The request is larger than the limit. Nothing of it was stored."),
          Map.entry(
              "idempotency_mismatch",
              "This Idempotency-Key was used before with another request. Use a new key for a new request, and the same body for a repeated one."),
          Map.entry(
              "idempotency_running",
              "The first request with this Idempotency-Key is still being worked on. Ask again in a moment."),
          Map.entry(
              "not_set_up",
              "Postroom has no company yet. Open /setup in a browser; the log shows the code that is asked for."),
          Map.entry(
              "unavailable",
              "Postroom cannot do this right now, as a rule because its database does not answer, is full or read-only. Send the same request again after the time in Retry-After, with the same Idempotency-Key: should it have been stored at the last moment, it counts once."),
          Map.entry(
              "internal",
              "Something went wrong on our side. The log holds the details under the request id."));

  @GetMapping("/problems/{code:[a-z0-9_]{1,60}}")
  String page(@PathVariable String code, Model model) {
    model.addAttribute("headline", ProblemWriter.title(code));
    model.addAttribute("code", code);
    model.addAttribute(
        "meaning",
        MEANING.getOrDefault(
            code,
            "The “detail” of the problem says what happened, and “errors” names the fields it concerns."));
    return "http/problem";
  }
}
