package org.postroom.callbacks.web;

import org.postroom.access.Caller;
import org.postroom.callbacks.WebhookDeliveries;
import org.postroom.callbacks.WebhookDelivery;
import org.postroom.callbacks.WebhookEndpoints;
import org.postroom.http.Heading;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One delivery: what was sent, each try with its answer, and sending it again. */
@Controller
class DeliveryPage {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;

  DeliveryPage(WebhookEndpoints endpoints, WebhookDeliveries deliveries) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  @GetMapping("/webhooks/{id}/{delivery}")
  String show(
      Caller caller, @PathVariable String id, @PathVariable("delivery") String name, Model model) {
    WebhookDelivery delivery = deliveries.get(caller, id, name);
    model.addAttribute("view", EndpointView.of(endpoints.get(caller, id)));
    model.addAttribute("delivery", delivery);
    model.addAttribute("tries", deliveries.attempts(delivery));
    model.addAttribute("sent", deliveries.body(delivery).map(DeliveryPage::indented).orElse(null));
    model.addAttribute(
        "heading",
        new Heading("/webhooks/" + id, "Endpoint", "Delivery", DeliveryList.chip(delivery)));
    return "callbacks/delivery";
  }

  @PostMapping("/webhooks/{id}/{delivery}/again")
  String again(
      Caller caller,
      @PathVariable String id,
      @PathVariable("delivery") String name,
      RedirectAttributes next) {
    deliveries.again(caller, id, name);
    next.addFlashAttribute("said", "It goes out again.");
    return "redirect:/webhooks/" + id + "/" + name;
  }

  private static String indented(String body) {
    return JSON.writeValueAsString(JSON.readTree(body));
  }
}
