package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.payments.Checkout;
import org.postroom.payments.Gateways;
import org.postroom.payments.LinkAnswers;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.payments.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page on which a customer pays: no account, no cookie, no script. Looking at it changes
 * nothing but that it was looked at; mail scanners look at every link.
 */
@Controller
class PayPage {
  private static final Logger LOG = LoggerFactory.getLogger(PayPage.class);
  private final Door door;
  private final PaymentLinks links;
  private final Gateways gateways;
  private final LinkAnswers answers;

  PayPage(Door door, PaymentLinks links, Gateways gateways, LinkAnswers answers) {
    this.answers = answers;
    this.door = door;
    this.links = links;
    this.gateways = gateways;
  }

  @GetMapping("/pay/{token}")
  String page(
      @PathVariable String token,
      @RequestParam(defaultValue = "1") String look,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = door.enter(token, request, response);
    if (visit.link().kind() == PaymentLink.Kind.APPROVAL) return "redirect:/approve/" + token;
    Stage stage = Stage.of(visit);
    Return came = Return.of(request);
    boolean waits = came == Return.PAID && stage == Stage.OPEN;
    if (waits) Waiting.of(visit, look).show(response, model);
    return show(visit, waits ? Stage.WAITING : stage, came, response, model);
  }

  /**
   * On to a provider, by a page that goes there by itself. A redirect would not do: browsers hold
   * the answer to a form, and all it leads on to, against {@code form-action}, and nobody knows
   * beforehand where a provider's address leads to.
   */
  @PostMapping("/pay/{token}/ways/{way}")
  String leave(
      @PathVariable String token,
      @PathVariable String way,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = door.enter(token, request, response);
    Way chosen = Stage.of(visit) == Stage.OPEN ? offered(visit, way) : null;
    if (chosen == null) return back(visit);
    URI address = address(visit, chosen);
    if (address == null) return unreachable(visit, response, model);
    Look.of(visit).show(response, model);
    response.setHeader("Refresh", "0;url=" + address);
    model.addAttribute("address", address.toString());
    model.addAttribute("said", visit.words().say("leave.said", chosen.title()));
    return "payments/public/leave";
  }

  /** The company is told that the customer wants a new link; once a day is enough. */
  @PostMapping("/pay/{token}/ask")
  String ask(
      @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
    Visit visit = door.enter(token, request, response);
    if (Stage.of(visit) == Stage.EXPIRED) answers.askForNew(visit.link());
    return back(visit);
  }

  private String show(
      Visit visit, Stage stage, Return came, HttpServletResponse response, Model model) {
    BigDecimal due = Objects.requireNonNullElse(visit.opened().due(), BigDecimal.ZERO);
    boolean open = stage == Stage.OPEN;
    List<Way> ways = open ? ways(visit) : List.of();
    Look.of(visit).show(response, model);
    response.setStatus(Math.max(response.getStatus(), stage.status()));
    model.addAttribute("stage", stage.word());
    Receipt receipt = Receipt.of(visit, answers.payments(visit.link()));
    model.addAttribute("view", PayView.of(visit, stage, came, receipt));
    model.addAttribute("papers", stage.showsDocuments() ? Papers.of(visit) : null);
    model.addAttribute("receipt", receipt);
    model.addAttribute("asked", stage == Stage.EXPIRED && answers.isAsked(visit.link()));
    model.addAttribute("ways", ways.stream().filter(way -> way.kind() != Way.Kind.BANK).toList());
    model.addAttribute("bank", byBank(ways) ? Transfer.of(visit, due).orElse(null) : null);
    return "payments/public/pay";
  }

  private List<Way> ways(Visit visit) {
    return gateways.ways(visit.company().id(), visit.link().currency());
  }

  private static boolean byBank(List<Way> ways) {
    return ways.stream().anyMatch(way -> way.kind() == Way.Kind.BANK);
  }

  private @Nullable Way offered(Visit visit, String id) {
    return ways(visit).stream()
        .filter(way -> way.id().equals(id) && way.kind() != Way.Kind.BANK)
        .findFirst()
        .orElse(null);
  }

  /** Null where the provider cannot be reached or refuses. */
  private @Nullable URI address(Visit visit, Way way) {
    URI page = URI.create(links.url(visit.link()) + visit.query());
    try {
      URI address =
          gateways.begin(
              way.id(), new Checkout(visit.opened(), visit.email(), visit.language(), page));
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return web ? address : null;
    } catch (Problem refused) {
      LOG.warn("{} of {}: {}", way.id(), visit.company().id(), refused.detail());
      return null;
    }
  }

  private String unreachable(Visit visit, HttpServletResponse response, Model model) {
    response.setStatus(503);
    return show(visit, Stage.OPEN, Return.UNREACHABLE, response, model);
  }

  private static String back(Visit visit) {
    return "redirect:/pay/" + visit.token() + visit.query();
  }
}
