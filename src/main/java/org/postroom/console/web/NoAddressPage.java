package org.postroom.console.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.Unaddressed;
import org.postroom.compose.Unaddressed.Item;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Documents whose mail had nobody to go to: add an address, then send. */
@Controller
class NoAddressPage {
  private static final int SHOWN = 100;
  private final Unaddressed unaddressed;
  private final Documents documents;
  private final Partners partners;

  NoAddressPage(Unaddressed unaddressed, Documents documents, Partners partners) {
    this.unaddressed = unaddressed;
    this.documents = documents;
    this.partners = partners;
  }

  /** One entry; the partner is null where the document names none that is known. */
  record Line(Item item, String title, String purpose, @Nullable Partner partner) {}

  @GetMapping("/no-address")
  String list(Caller caller, Model model) {
    List<Item> open = unaddressed.open(caller.company());
    model.addAttribute("count", open.size());
    model.addAttribute(
        "lines", open.stream().limit(SHOWN).map(item -> line(caller, item)).toList());
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute("mayWrite", caller.may(Right.WRITE_DOCUMENTS));
    return "console/no-address";
  }

  @PostMapping("/no-address/send")
  String send(
      Caller caller,
      @RequestParam String kind,
      @RequestParam String number,
      @RequestParam String purpose,
      RedirectAttributes next) {
    try {
      Message message = unaddressed.send(caller, new DocumentRef(kind, number), purpose(purpose));
      String to =
          message.recipients().stream()
              .map(recipient -> recipient.address().spec())
              .collect(Collectors.joining(", "));
      next.addFlashAttribute("said", "On its way to " + to + ".");
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      next.addFlashAttribute("refused", problem.detail());
    }
    return "redirect:/no-address";
  }

  @PostMapping("/no-address/dismiss")
  String dismiss(
      Caller caller,
      @RequestParam String kind,
      @RequestParam String number,
      @RequestParam String purpose,
      RedirectAttributes next) {
    unaddressed.dismiss(caller, new DocumentRef(kind, number), purpose(purpose));
    next.addFlashAttribute("said", "Taken off the list. Nothing was sent.");
    return "redirect:/no-address";
  }

  private static Purpose purpose(String word) {
    return Purpose.of(word).orElseThrow(() -> Problem.notFound("This entry"));
  }

  private Line line(Caller caller, Item item) {
    Optional<DocumentKind> kind = DocumentKind.of(item.document().kind());
    String words = kind.map(DocumentKind::words).orElse(item.document().kind());
    Partner partner =
        kind.flatMap(of -> documents.find(caller.company(), of, item.document().number()))
            .map(StoredDocument::document)
            .flatMap(document -> Optional.ofNullable(document.partner()))
            .flatMap(ref -> partners.find(caller.company(), ref))
            .orElse(null);
    String purpose = item.purpose().word().replace('_', ' ');
    return new Line(item, words + " " + item.document().number(), purpose, partner);
  }
}
