package org.postroom.payments.web;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.BankTransfer;
import org.postroom.documents.Document;
import org.postroom.documents.StoredDocument;
import org.postroom.mail.Iban;
import org.postroom.payments.web.Papers.Fact;

/**
 * How to pay by bank, as the page shows it.
 *
 * @param code the picture that banking apps read, as a data address; null where there is none
 */
record Transfer(List<Fact> facts, @Nullable String code) {

  /** Several documents are paid at once, quoting all of them; to the account of the first. */
  static Optional<Transfer> of(Visit visit, BigDecimal due) {
    Document first = visit.documents().getFirst().document();
    return BankTransfer.of(first, visit.company(), due)
        .map(transfer -> transfer.quoting(reference(visit.documents())))
        .map(transfer -> shown(transfer, visit.words()));
  }

  private static String reference(List<StoredDocument> documents) {
    return documents.stream()
        .map(StoredDocument::document)
        .map(document ->
            Objects.requireNonNullElse(document.payment().reference(), document.number()))
        .collect(Collectors.joining(", "));
  }

  private static Transfer shown(BankTransfer transfer, PageWords say) {
    List<Fact> facts = new ArrayList<>();
    boolean iban = Iban.of(transfer.account()).isPresent();
    facts.add(new Fact(say.say("bank.holder"), transfer.holder()));
    facts.add(new Fact(say.say(iban ? "bank.account" : "bank.account.other"), transfer.account()));
    if (transfer.bic() != null) facts.add(new Fact(say.say("bank.bic"), transfer.bic()));
    if (transfer.bank() != null) facts.add(new Fact(say.say("bank.name"), transfer.bank()));
    facts.add(new Fact(say.say("bank.amount"), say.money(transfer.amount(), transfer.currency())));
    facts.add(new Fact(say.say("bank.reference"), transfer.reference()));
    return new Transfer(facts, transfer.code().map(Transfer::address).orElse(null));
  }

  private static String address(String svg) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }
}
