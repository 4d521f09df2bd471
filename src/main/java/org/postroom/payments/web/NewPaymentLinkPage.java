package org.postroom.payments.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.payments.NewLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.payments.web.NewLinkForm.Row;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A new link: for which document, how much, how long. */
@Controller
class NewPaymentLinkPage {
  private static final int ON_A_PAGE = 20;
  private static final int MOST_FURTHER = 19;
  private final PaymentLinks links;
  private final LinkViews views;
  private final Documents documents;

  NewPaymentLinkPage(PaymentLinks links, LinkViews views, Documents documents) {
    this.links = links;
    this.views = views;
    this.documents = documents;
  }

  @GetMapping("/payments/new")
  String choose(
      Caller caller,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String of,
      Model model) {
    caller.require(Right.MANAGE_PAYMENTS);
    String text = q.length() > 200 ? q.substring(0, 200).strip() : q.strip();
    DocumentKind kind =
        DocumentKind.of(of)
            .filter(each -> !NewLinkForm.kinds(each).isEmpty())
            .orElse(DocumentKind.INVOICE);
    Boolean open = kind == DocumentKind.INVOICE || kind == DocumentKind.DEPOSIT ? true : null;
    var filter = new DocumentFilter(kind, null, text.isEmpty() ? null : text, null, null, open);
    model.addAttribute("q", text);
    model.addAttribute("of", kind.word());
    model.addAttribute("kinds", pickable());
    model.addAttribute("found", documents.list(caller.company(), filter, ON_A_PAGE, null));
    model.addAttribute("heading", new Heading("/payments", "Payments", "New link", null));
    return "payments/choose";
  }

  @GetMapping(path = "/payments/new", params = "number")
  String fill(
      Caller caller,
      @RequestParam String kind,
      @RequestParam String number,
      @RequestParam(defaultValue = "") String what,
      Model model) {
    caller.require(Right.MANAGE_PAYMENTS);
    StoredDocument stored = document(caller, kind, number);
    List<Row> rows = new ArrayList<>(List.of(row(stored, true)));
    further(caller, stored).forEach(other -> rows.add(row(other, false)));
    return form(caller, new NewLinkForm(what, rows, ""), stored, null, model);
  }

  @PostMapping("/payments/new")
  String make(
      Caller caller,
      @RequestParam MultiValueMap<String, String> posted,
      @RequestParam(defaultValue = "") String then,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_PAYMENTS);
    NewLinkForm form = NewLinkForm.of(posted);
    Row first = form.rows().getFirst();
    StoredDocument stored = document(caller, first.kind().word(), first.number());
    try {
      NewLink wanted = form.wanted(views.zone(caller));
      PaymentLink link = make(caller, form, wanted);
      next.addFlashAttribute("said", "The link is ready.");
      boolean send = then.equals("send") && caller.may(Right.SEND);
      return "redirect:" + (send ? NewLinkForm.sendAddress(link) : "/payments/" + link.id());
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(caller, form, stored, problem, model);
    }
  }

  private PaymentLink make(Caller caller, NewLinkForm form, NewLink wanted) {
    try {
      return links.make(caller, wanted);
    } catch (Problem problem) {
      throw problem.status() == 422 ? form.here(problem) : problem;
    }
  }

  private String form(
      Caller caller,
      NewLinkForm form,
      StoredDocument stored,
      @Nullable Problem problem,
      Model model) {
    DocumentKind kind = stored.document().kind();
    List<PaymentLink.Kind> possible = NewLinkForm.kinds(kind);
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("stored", stored);
    model.addAttribute("whats", words(possible));
    model.addAttribute("asksAmount", possible.contains(PaymentLink.Kind.DEPOSIT));
    model.addAttribute("days", links.choices(caller.company()).days());
    model.addAttribute("open", open(caller, stored));
    model.addAttribute("maySend", caller.may(Right.SEND));
    String about = kind.words() + " " + stored.document().number();
    model.addAttribute("title", "New link for " + about);
    model.addAttribute("heading", new Heading("/payments", "Payments", "New link", null));
    return "payments/new";
  }

  /** Links there are already: mostly nobody needs a second one. */
  private List<LinkRow> open(Caller caller, StoredDocument stored) {
    return links.of(caller.company(), stored.document().kind(), stored.document().number()).stream()
        .filter(link -> link.state() == PaymentLink.State.USABLE)
        .map(link -> LinkRow.of(link, null))
        .toList();
  }

  /** Other documents of the customer that one deposit can be asked for together. */
  private List<StoredDocument> further(Caller caller, StoredDocument stored) {
    String partner = stored.document().partner();
    boolean deposit =
        NewLinkForm.kinds(stored.document().kind()).contains(PaymentLink.Kind.DEPOSIT);
    if (partner == null || !deposit || !links.choices(caller.company()).combined())
      return List.of();
    var filter = new DocumentFilter(stored.document().kind(), partner, null, null, null, null);
    return documents.list(caller.company(), filter, MOST_FURTHER + 1, null).data().stream()
        .filter(other -> !other.document().number().equals(stored.document().number()))
        .filter(other -> other.document().currency().equals(stored.document().currency()))
        .limit(MOST_FURTHER)
        .toList();
  }

  private Row row(StoredDocument stored, boolean on) {
    String asked = links.deposit(stored).map(amount -> amount.toPlainString()).orElse("");
    return new Row(stored.document().kind(), stored.document().number(), on, asked);
  }

  private StoredDocument document(Caller caller, String kind, String number) {
    return DocumentKind.of(kind)
        .filter(of -> !NewLinkForm.kinds(of).isEmpty())
        .flatMap(of -> documents.find(caller.company(), of, number))
        .orElseThrow(() -> Problem.notFound("A document “" + number + "” that a link can be for"));
  }

  private static Map<String, String> words(List<PaymentLink.Kind> kinds) {
    Map<String, String> words = new LinkedHashMap<>();
    for (PaymentLink.Kind kind : kinds)
      words.put(
          kind.word(),
          switch (kind) {
            case INVOICE -> "Pay what is due";
            case DEPOSIT -> "Pay a deposit";
            case APPROVAL -> "Approve or decline";
          });
    return words;
  }

  private static Map<String, String> pickable() {
    Map<String, String> kinds = new LinkedHashMap<>();
    for (DocumentKind kind : DocumentKind.values())
      if (!NewLinkForm.kinds(kind).isEmpty()) kinds.put(kind.word(), kind.words());
    return kinds;
  }
}
