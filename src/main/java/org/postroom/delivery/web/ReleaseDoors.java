package org.postroom.delivery.web;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.delivery.Releases;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;

/** Letting one caught mail out to a real address. */
@Controller
class ReleaseDoors {
  private final Releases releases;

  ReleaseDoors(Releases releases) {
    this.releases = releases;
  }

  @PostMapping("/caught/{id}/release")
  String release(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String to,
      RedirectAttributes next) {
    next.addAttribute("id", id);
    try {
      Message message = releases.release(caller, id, to);
      next.addFlashAttribute("said", "On its way to " + to.strip() + ".");
      next.addAttribute("id", message.id());
      return "redirect:/messages/{id}";
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      next.addFlashAttribute(
          "toRefused",
          problem.errors().isEmpty() ? problem.detail() : problem.errors().getFirst().message());
      return "redirect:/caught/{id}";
    }
  }

  @PostMapping("/api/v1/local_messages/{id}/release")
  @ResponseBody
  ResponseEntity<Map<String, Object>> release(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.SEND);
    caller.require(Right.MANAGE_ACCOUNTS);
    JsonFields fields = JsonFields.of(body);
    String to = fields.required("to", 320);
    fields.check();
    Message message = releases.release(caller, id, to);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/messages/" + message.id()))
        .body(Map.of("message", message.id(), "state", message.state().word()));
  }
}
