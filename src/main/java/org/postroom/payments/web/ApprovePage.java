package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.payments.LinkAnswers;
import org.postroom.payments.LinkAnswers.Decision;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.payments.web.Papers.Fact;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which a customer approves or declines a quote, once. Looking at it decides nothing. */
@Controller
class ApprovePage {
  private final Door door;
  private final PaymentLinks links;
  private final LinkAnswers answers;

  ApprovePage(Door door, PaymentLinks links, LinkAnswers answers) {
    this.door = door;
    this.links = links;
    this.answers = answers;
  }

  @GetMapping("/approve/{token}")
  String page(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = door.enter(token, request, response);
    if (visit.link().kind() != PaymentLink.Kind.APPROVAL) return "redirect:/pay/" + token;
    return show(visit, response, model);
  }

  @PostMapping("/approve/{token}")
  String decide(
      @PathVariable String token,
      @RequestParam(required = false) @Nullable String decision,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String comment,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = door.enter(token, request, response);
    if (visit.link().kind() != PaymentLink.Kind.APPROVAL) throw Problem.notFound("This link");
    if (ApproveStage.of(visit) != ApproveStage.APPROVE) return late(visit, response, model);
    Decided decided = Decided.of(decision, name, comment);
    Map<String, String> faults = decided.faults(visit.words());
    boolean clear = decided.approves() || decided.declines();
    if (!clear || !faults.isEmpty()) return again(visit, decided, faults, response, model);
    try {
      links.decide(token, decided.approves(), decided.name(), decided.comment());
    } catch (Problem refused) {
      if (refused.status() == 422)
        return again(visit, decided, nameless(visit), response, model);
      if (refused.status() != 409) throw refused;
      return late(door.enter(token, request, response), response, model);
    }
    return "redirect:/approve/" + token + visit.query();
  }

  /** Of nothing but invisible characters, as the links find out. */
  private static Map<String, String> nameless(Visit visit) {
    return Map.of("name", visit.words().say("approve.name.missing"));
  }

  private String again(
      Visit visit,
      Decided decided,
      Map<String, String> faults,
      HttpServletResponse response,
      Model model) {
    response.setStatus(422);
    model.addAttribute("decided", decided);
    model.addAttribute("faults", faults);
    return show(visit, response, model);
  }

  /** Somebody else, or the same person before, was faster. */
  private String late(Visit visit, HttpServletResponse response, Model model) {
    response.setStatus(409);
    model.addAttribute("late", ApproveStage.of(visit).isDecided());
    return show(visit, response, model);
  }

  private String show(Visit visit, HttpServletResponse response, Model model) {
    ApproveStage stage = ApproveStage.of(visit);
    Look.of(visit).show(response, model);
    if (response.getStatus() == 200) response.setStatus(stage.status());
    boolean papers = stage.showsDocuments() && !visit.lacksDocuments();
    model.addAttribute("stage", stage.word());
    model.addAttribute("papers", papers ? Papers.of(visit) : null);
    model.addAttribute("total", papers ? total(visit) : null);
    model.addAttribute("facts", stage.isDecided() ? facts(visit) : List.of());
    if (!model.containsAttribute("decided")) model.addAttribute("decided", Decided.NOTHING);
    if (!model.containsAttribute("faults")) model.addAttribute("faults", Map.of());
    if (!model.containsAttribute("late")) model.addAttribute("late", false);
    return "payments/public/approve";
  }

  private static @Nullable String total(Visit visit) {
    var gross = visit.documents().getFirst().gross();
    return gross == null ? null : gross.words(visit.words().locale());
  }

  /** Who decided what and when. */
  private List<Fact> facts(Visit visit) {
    PageWords say = visit.words();
    Decision decision = answers.decision(visit.link()).orElse(null);
    if (decision == null) return List.of();
    List<Fact> facts = new ArrayList<>();
    String by = decision.approved() ? "decision.approved.by" : "decision.declined.by";
    facts.add(new Fact(say.say(by), decision.name()));
    facts.add(
        new Fact(say.say("decision.at"), say.moment(decision.at(), visit.company().timeZone())));
    String comment = decision.comment();
    if (comment != null) facts.add(new Fact(say.say("decision.comment"), comment));
    return facts;
  }
}
