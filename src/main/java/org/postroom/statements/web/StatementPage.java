package org.postroom.statements.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.Ledger;
import org.postroom.documents.Money;
import org.postroom.documents.Rendered;
import org.postroom.http.Framed;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.Statement;
import org.postroom.receivables.StatementPaper;
import org.postroom.receivables.StatementQuery;
import org.postroom.receivables.StatementScope;
import org.postroom.statements.StatementMails;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What one customer owes, as a page and as the paper they get. */
@Controller
class StatementPage {
  private final Receivables receivables;
  private final StatementPaper paper;
  private final StatementMails mails;

  StatementPage(Receivables receivables, StatementPaper paper, StatementMails mails) {
    this.receivables = receivables;
    this.paper = paper;
    this.mails = mails;
  }

  /** Amounts for people, asked for by the page. */
  public static final class Amounts {
    public String words(BigDecimal amount, String currency) {
      return new Money(amount, currency).words();
    }
  }

  @GetMapping("/partners/{ref}/statement")
  String show(
      Caller caller,
      @PathVariable String ref,
      @ModelAttribute("query") StatementQuery query,
      Model model) {
    LocalDate today = receivables.today(caller.company());
    Problem problem = null;
    StatementScope scope = StatementScope.openItems(today);
    try {
      scope = query.scope(today);
    } catch (Problem wrong) {
      problem = wrong;
    }
    Statement statement = receivables.statement(caller.company(), ref, scope);
    String name = statement.partner().name();
    model.addAttribute("statement", statement);
    model.addAttribute("scope", scope);
    model.addAttribute("problem", problem);
    model.addAttribute("title", "Statement of " + name);
    model.addAttribute("heading", new Heading("/partners/" + ref, name, "Statement", null));
    model.addAttribute("maySend", caller.may(Right.SEND) && caller.may(Right.WRITE_DOCUMENTS));
    model.addAttribute("kinds", kinds());
    model.addAttribute("money", new Amounts());
    return "statements/statement";
  }

  @GetMapping("/partners/{ref}/statement.pdf")
  ResponseEntity<byte[]> pdf(Caller caller, @PathVariable String ref, StatementQuery query) {
    StatementScope scope = query.scope(receivables.today(caller.company()));
    Rendered pdf =
        paper.print(caller.company(), receivables.statement(caller.company(), ref, scope));
    return Framed.pdf(pdf.pdf(), pdf.filename());
  }

  /** Keeps the statement and opens the send window on it. */
  @PostMapping("/partners/{ref}/statement")
  String send(
      Caller caller, @PathVariable String ref, StatementQuery query, RedirectAttributes next) {
    caller.require(Right.SEND);
    DocumentRef kept = mails.keep(caller, ref, query.scope(receivables.today(caller.company())));
    next.addAttribute("kind", kept.kind());
    next.addAttribute("number", kept.number());
    return "redirect:/send";
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put(Ledger.Kind.OPEN_ITEMS.word(), "Open items");
    kinds.put(Ledger.Kind.ACTIVITY.word(), "Activity");
    return kinds;
  }
}
