package org.postroom.payments.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.payments.LinkWords;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Payment, deposit and approval links: all of them, and one with its history. */
@Controller
class PaymentLinksPage {
  private static final int ON_A_PAGE = 50;
  private final PaymentLinks links;
  private final LinkViews views;
  private final Partners partners;

  PaymentLinksPage(PaymentLinks links, LinkViews views, Partners partners) {
    this.links = links;
    this.views = views;
    this.partners = partners;
  }

  @GetMapping("/payments")
  String list(
      Caller caller,
      @RequestParam(required = false) @Nullable String tab,
      @RequestParam(defaultValue = "") String partner,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    LinkTab shown = LinkTab.of(tab);
    String ref = partner.strip();
    var filter = shown.filter().partner(ref.isEmpty() ? null : ref);
    Slice<PaymentLink> slice = links.list(caller.company(), filter, ON_A_PAGE, cursor);
    long look = links.toLookAt(caller.company());
    model.addAttribute("tab", shown);
    model.addAttribute("tabs", tabs(shown, look));
    model.addAttribute("look", look);
    model.addAttribute("partner", ref);
    model.addAttribute("cursor", cursor);
    model.addAttribute("slice", slice);
    model.addAttribute("rows", rows(caller, slice.data()));
    model.addAttribute("mayManage", caller.may(Right.MANAGE_PAYMENTS));
    return "payments/list";
  }

  @GetMapping("/payments/{id}")
  String show(Caller caller, @PathVariable String id, Model model) {
    return show(caller, id, NoteForm.empty(views.today(caller)), null, model);
  }

  @PostMapping("/payments/{id}/withdraw")
  String withdraw(Caller caller, @PathVariable String id, RedirectAttributes next) {
    links.withdraw(caller, id);
    next.addFlashAttribute("said", "The link is withdrawn: its page says so to whoever opens it.");
    return to(id);
  }

  @PostMapping("/payments/{id}/payments")
  String note(
      Caller caller,
      @PathVariable String id,
      @ModelAttribute("form") NoteForm form,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_PAYMENTS);
    PaymentLink link = links.get(caller, id);
    try {
      links.paidByHand(caller, id, views.paid(caller, link, form.noted(views.today(caller))));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return show(caller, id, form, problem, model);
    }
    next.addFlashAttribute("said", "The money is noted, on the document too.");
    return to(id);
  }

  @PostMapping("/payments/{id}/looked")
  String looked(Caller caller, @PathVariable String id) {
    links.lookedAt(caller, id);
    return to(id);
  }

  private String show(
      Caller caller, String id, NoteForm form, @Nullable Problem problem, Model model) {
    OpenedLink now = links.look(caller, id);
    PaymentLink link = now.link();
    boolean may = caller.may(Right.MANAGE_PAYMENTS);
    String title = LinkWords.kind(link.kind()) + " for " + LinkWords.about(link);
    model.addAttribute("now", now);
    model.addAttribute("link", link);
    model.addAttribute("title", title);
    model.addAttribute(
        "heading", new Heading("/payments", "Payments", title, LinkWords.state(link)));
    model.addAttribute("payment", LinkWords.payment(link));
    model.addAttribute("asked", LinkWords.money(link, link.amount()));
    model.addAttribute("due", LinkWords.money(link, now.due()));
    model.addAttribute("url", may ? views.url(link) : null);
    model.addAttribute("history", links.history(caller.company(), id).reversed());
    model.addAttribute("customer", customer(caller, link.partner()));
    model.addAttribute("needsLook", may && links.needsLook(link));
    model.addAttribute("mayManage", may);
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute("send", NewLinkForm.sendAddress(link));
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    return "payments/link";
  }

  /** A tab with where it leads. */
  record Tab(LinkTab tab, boolean current) {}

  private static List<Tab> tabs(LinkTab shown, long look) {
    return Arrays.stream(LinkTab.values())
        .filter(tab -> tab != LinkTab.LOOK || look > 0 || shown == LinkTab.LOOK)
        .map(tab -> new Tab(tab, tab == shown))
        .toList();
  }

  private List<LinkRow> rows(Caller caller, List<PaymentLink> data) {
    Map<String, String> names = new HashMap<>();
    List<LinkRow> rows = new ArrayList<>();
    for (PaymentLink link : data) {
      String ref = link.partner();
      String name = ref == null ? null : names.computeIfAbsent(ref, each -> customer(caller, each));
      rows.add(LinkRow.of(link, name));
    }
    return rows;
  }

  private @Nullable String customer(Caller caller, @Nullable String ref) {
    if (ref == null) return null;
    return partners.find(caller.company(), ref).map(Partner::name).orElse(ref);
  }

  private static String to(String id) {
    return "redirect:/payments/" + id;
  }
}
