package org.postroom.receivables.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.documents.NewPayment;
import org.postroom.documents.Rendered;
import org.postroom.http.Framed;
import org.postroom.http.Slice;
import org.postroom.receivables.OnAccount;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.Statement;
import org.postroom.receivables.StatementPaper;
import org.postroom.receivables.StatementQuery;
import org.postroom.receivables.StatementScope;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one customer owes, and payments on account. */
@RestController
@RequestMapping("/api/v1/partners/{ref}")
class StatementController {
  private final Receivables receivables;
  private final StatementPaper paper;

  StatementController(Receivables receivables, StatementPaper paper) {
    this.receivables = receivables;
    this.paper = paper;
  }

  @GetMapping("/statement")
  ObjectNode read(Caller caller, @PathVariable String ref, StatementQuery query) {
    return json(receivables.statement(caller.company(), ref, scope(caller, query)));
  }

  @GetMapping("/statement.pdf")
  ResponseEntity<byte[]> pdf(Caller caller, @PathVariable String ref, StatementQuery query) {
    Statement statement = receivables.statement(caller.company(), ref, scope(caller, query));
    Rendered pdf = paper.print(caller.company(), statement);
    return Framed.sandboxedPdf(pdf.pdf(), pdf.filename());
  }

  @PostMapping("/payments")
  @ResponseStatus(HttpStatus.CREATED)
  ObjectNode pay(Caller caller, @PathVariable String ref, @RequestBody JsonNode body) {
    return json(receivables.pay(caller, ref, NewPayment.read(body)));
  }

  @GetMapping("/payments")
  Slice<ObjectNode> payments(
      Caller caller,
      @PathVariable String ref,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return receivables
        .payments(caller.company(), ref, Slice.limit(limit), cursor)
        .map(StatementController::json);
  }

  private StatementScope scope(Caller caller, StatementQuery query) {
    return query.scope(receivables.today(caller.company()));
  }

  /** The ledger with the customer and the document's number. */
  private static ObjectNode json(Statement statement) {
    ObjectNode out = statement.ledger().json();
    out.put("partner", statement.partner().ref());
    out.put("number", statement.number());
    return out;
  }

  private static ObjectNode json(OnAccount payment) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("reference", payment.reference());
    out.put("amount", payment.amount().toPlainString());
    out.put("currency", payment.currency());
    out.put("date", payment.date().toString());
    out.put("recorded_at", payment.recordedAt().toString());
    return out;
  }
}
