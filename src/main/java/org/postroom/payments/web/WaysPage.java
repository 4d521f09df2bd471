package org.postroom.payments.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.payments.AddressPattern;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayDraft;
import org.postroom.payments.GatewaySettings;
import org.postroom.payments.Provider;
import org.postroom.payments.Way;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The ways customers can pay, for the company's people: all of them, and one to set up. */
@Controller
class WaysPage {
  private static final String ALL = "/payments/ways";
  private final GatewaySettings gateways;

  WaysPage(GatewaySettings gateways) {
    this.gateways = gateways;
  }

  record Line(Gateway gateway, Chip chip, boolean silent) {}

  /** What stands in the form; empty secrets keep what there is. */
  record Form(
      String title,
      @Nullable String enabled,
      String currencies,
      String url,
      String signature_parameter,
      String secret,
      String webhook_secret) {

    static Form of(GatewayDraft draft) {
      return new Form(
          draft.title(),
          draft.enabled() ? "on" : null,
          String.join(" ", draft.currencies()),
          draft.pattern() == null ? "" : draft.pattern(),
          draft.signature() == null ? "" : draft.signature(),
          "",
          "");
    }

    /** What was typed as a secret is never sent back, also where it was wrong. */
    Form withoutSecrets() {
      return new Form(title, enabled, currencies, url, signature_parameter, "", "");
    }

    GatewayDraft over(GatewayDraft before) {
      return new GatewayDraft(
          before.kind(),
          text(title),
          enabled != null,
          Arrays.stream(text(currencies).toUpperCase(Locale.ROOT).split("[\\s,;]+"))
              .filter(word -> !word.isEmpty())
              .toList(),
          orNull(url),
          orNull(signature_parameter),
          orNull(secret),
          orNull(webhook_secret));
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text.strip();
    }

    private static @Nullable String orNull(@Nullable String text) {
      return text(text).isEmpty() ? null : text(text);
    }
  }

  @GetMapping(ALL)
  String list(Caller caller, Model model) {
    List<Line> lines = gateways.list(caller).stream().map(this::line).toList();
    model.addAttribute("heading", heading("Ways to pay"));
    model.addAttribute("lines", lines);
    model.addAttribute(
        "bank", lines.stream().anyMatch(line -> line.gateway().kind() == Way.Kind.BANK));
    return "payments/ways/list";
  }

  @GetMapping(ALL + "/new")
  String add(@RequestParam(defaultValue = "stripe") String kind, Model model) {
    GatewayDraft fresh = fresh(kind);
    return edit(null, fresh.kind(), Form.of(fresh), null, model);
  }

  @PostMapping(ALL + "/new")
  String create(
      Caller caller,
      @RequestParam(defaultValue = "") String kind,
      @ModelAttribute Form form,
      Model model,
      RedirectAttributes next) {
    GatewayDraft fresh = fresh(kind);
    try {
      Gateway made = gateways.add(caller, form.over(fresh));
      next.addFlashAttribute("said", "“" + made.title() + "” is offered to customers.");
      return "redirect:" + (made.kind() == Way.Kind.BANK ? ALL : ALL + "/" + made.id());
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return edit(null, fresh.kind(), form, problem, model);
    }
  }

  @GetMapping(ALL + "/{id}")
  String one(Caller caller, @PathVariable String id, Model model) {
    Gateway gateway = gateways.get(caller, id);
    shown(caller, gateway, model);
    return edit(gateway, gateway.kind(), Form.of(GatewayDraft.of(gateway)), null, model);
  }

  @PostMapping(ALL + "/{id}")
  String change(
      Caller caller,
      @PathVariable String id,
      @ModelAttribute Form form,
      Model model,
      RedirectAttributes next) {
    try {
      gateways.change(caller, id, null, form::over);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      Gateway gateway = gateways.get(caller, id);
      shown(caller, gateway, model);
      return edit(gateway, gateway.kind(), form, problem, model);
    }
    next.addFlashAttribute("said", "Saved.");
    return "redirect:" + ALL + "/" + id;
  }

  @PostMapping(ALL + "/{id}/try")
  String tryIt(Caller caller, @PathVariable String id, RedirectAttributes next) {
    Provider.Tried tried = gateways.tryIt(caller, id);
    next.addFlashAttribute(tried.works() ? "said" : "refused", tried.words());
    return "redirect:" + ALL + "/" + id;
  }

  @PostMapping(ALL + "/{id}/switch")
  String turn(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String enabled,
      RedirectAttributes next) {
    Gateway gateway =
        gateways.change(caller, id, null, draft -> draft.switched(enabled.equals("on")));
    next.addFlashAttribute(
        "said",
        "“" + gateway.title() + "” is " + (gateway.enabled() ? "offered." : "not offered."));
    return "redirect:" + ALL;
  }

  @PostMapping(ALL + "/{id}/move")
  String move(Caller caller, @PathVariable String id, @RequestParam String to) {
    gateways.move(caller, id, to.equals("up") ? -1 : 1);
    return "redirect:" + ALL;
  }

  @GetMapping(ALL + "/{id}/delete")
  String askToDelete(Caller caller, @PathVariable String id, Model model) {
    model.addAttribute("gateway", gateways.get(caller, id));
    model.addAttribute("heading", new Heading(ALL, "Ways to pay", "Delete", null));
    return "payments/ways/delete";
  }

  @PostMapping(ALL + "/{id}/delete")
  String delete(Caller caller, @PathVariable String id, RedirectAttributes next) {
    String title = gateways.get(caller, id).title();
    gateways.delete(caller, id);
    next.addFlashAttribute("said", "“" + title + "” was deleted.");
    return "redirect:" + ALL;
  }

  private void shown(Caller caller, Gateway gateway, Model model) {
    model.addAttribute("line", line(gateway));
    model.addAttribute("events", gateways.events(caller, gateway.id()));
    model.addAttribute("hook", gateways.hook(gateway));
  }

  private static String edit(
      @Nullable Gateway gateway, Way.Kind kind, Form form, @Nullable Problem problem, Model model) {
    String title = gateway == null ? "New way to pay" : gateway.title();
    model.addAttribute("title", title);
    model.addAttribute("gateway", gateway);
    model.addAttribute("kind", kind.name().toLowerCase(Locale.ROOT));
    model.addAttribute("form", form.withoutSecrets());
    model.addAttribute("problem", problem);
    model.addAttribute("places", AddressPattern.PLACES);
    model.addAttribute("heading", new Heading(ALL, "Ways to pay", title, null));
    return "payments/ways/edit";
  }

  private Line line(Gateway gateway) {
    return new Line(gateway, chip(gateway), gateways.silent(gateway));
  }

  private static Chip chip(Gateway gateway) {
    if (!gateway.enabled()) return new Chip("off", "pause", "Off");
    if (gateway.heard().trouble() != null) return new Chip("fail", "cross", "Does not work");
    return gateway.keys().mode() == Gateway.Mode.TEST
        ? new Chip("warn", "warning", "Test: no money moves")
        : new Chip("ok", "tick", "Offered");
  }

  private static GatewayDraft fresh(String kind) {
    Way.Kind of =
        switch (kind) {
          case "url" -> Way.Kind.URL;
          case "bank" -> Way.Kind.BANK;
          default -> Way.Kind.STRIPE;
        };
    return new GatewayDraft(of, GatewayJson.usual(of), true, List.of(), null, null, null, null);
  }

  private static Heading heading(String here) {
    return new Heading("/payments", "Payments", here, null);
  }
}
