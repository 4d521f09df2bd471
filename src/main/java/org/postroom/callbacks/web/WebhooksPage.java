package org.postroom.callbacks.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.callbacks.EndpointWish;
import org.postroom.callbacks.WebhookDeliveries;
import org.postroom.callbacks.WebhookDelivery;
import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.callbacks.WebhookEndpoints;
import org.postroom.callbacks.WebhookEndpoints.Made;
import org.postroom.happenings.HappeningType;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Webhooks for people: endpoints, and everything that is done with one. */
@Controller
class WebhooksPage {
  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;

  WebhooksPage(WebhookEndpoints endpoints, WebhookDeliveries deliveries) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  @GetMapping("/webhooks")
  String list(Caller caller, Model model) {
    return list(caller, WebhookForm.empty(), null, model);
  }

  /** The reply to this POST is the only page that ever shows the secret; nothing keeps it. */
  @PostMapping("/webhooks")
  String add(Caller caller, @ModelAttribute WebhookForm form, Model model) {
    caller.require(Right.MANAGE_WEBHOOKS);
    try {
      Made made = endpoints.make(caller, endpoints.plan(caller, wish(form)));
      return secret(caller, made, model);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return list(caller, form, problem, model);
    }
  }

  @GetMapping("/webhooks/{id}")
  String one(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    WebhookEndpoint endpoint = endpoints.get(caller, id);
    return one(caller, endpoint, WebhookForm.of(endpoint), null, state, cursor, model);
  }

  @PostMapping("/webhooks/{id}")
  String change(
      Caller caller,
      @PathVariable String id,
      @ModelAttribute WebhookForm form,
      Model model,
      RedirectAttributes next) {
    WebhookEndpoint endpoint = endpoints.get(caller, id);
    try {
      endpoints.change(caller, id, wish(form));
      return back(id, "Saved.", next);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return one(caller, endpoint, form, problem, "", null, model);
    }
  }

  @PostMapping("/webhooks/{id}/switch")
  String turn(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean on,
      RedirectAttributes next) {
    endpoints.change(caller, id, new EndpointWish(null, null, null, on));
    return back(
        id,
        on
            ? "It is called again. What still waited goes out now."
            : "It is not called any more. What happens meanwhile is not kept for it.",
        next);
  }

  @PostMapping("/webhooks/{id}/secret")
  String rotate(Caller caller, @PathVariable String id, Model model) {
    return secret(
        caller, endpoints.rotate(caller, id, WebhookEndpoints.USUAL_OVERLAP_HOURS), model);
  }

  @PostMapping("/webhooks/{id}/test")
  String test(Caller caller, @PathVariable String id, RedirectAttributes next) {
    WebhookDelivery delivery = deliveries.test(caller, id);
    next.addFlashAttribute("said", "A test event is on its way.");
    return "redirect:/webhooks/" + delivery.endpoint() + "/" + delivery.id();
  }

  @PostMapping("/webhooks/{id}/failed")
  String againFailed(Caller caller, @PathVariable String id, RedirectAttributes next) {
    int all = deliveries.againFailed(caller, id);
    return back(id, all == 1 ? "1 event goes out again." : all + " events go out again.", next);
  }

  @PostMapping("/webhooks/{id}/delete")
  String delete(Caller caller, @PathVariable String id, RedirectAttributes next) {
    WebhookEndpoint endpoint = endpoints.get(caller, id);
    endpoints.delete(caller, id);
    next.addFlashAttribute("said", endpoint.url() + " is not called any more.");
    return "redirect:/webhooks";
  }

  private String list(Caller caller, WebhookForm form, @Nullable Problem problem, Model model) {
    model.addAttribute("endpoints", endpoints.list(caller).stream().map(EndpointView::of).toList());
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("types", HappeningType.values());
    return "callbacks/webhooks";
  }

  private String one(
      Caller caller,
      WebhookEndpoint endpoint,
      WebhookForm form,
      @Nullable Problem problem,
      String state,
      @Nullable String cursor,
      Model model) {
    DeliveryList.of(deliveries, caller, endpoint.id(), state, cursor).show(model);
    EndpointView view = EndpointView.of(endpoint);
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("types", HappeningType.values());
    model.addAttribute("heading", new Heading("/webhooks", "Webhooks", "Endpoint", view.chip()));
    return "callbacks/webhook";
  }

  private String secret(Caller caller, Made made, Model model) {
    model.addAttribute("made", made);
    WebhookEndpoint endpoint = made.endpoint();
    return one(caller, endpoint, WebhookForm.of(endpoint), null, "", null, model);
  }

  private static EndpointWish wish(WebhookForm form) {
    if (form.nothing())
      throw Problem.invalid("/events", "required", "Choose what it is told, or everything.");
    return form.wish();
  }

  private static String back(String id, String said, RedirectAttributes next) {
    next.addFlashAttribute("said", said);
    return "redirect:/webhooks/" + id;
  }
}
