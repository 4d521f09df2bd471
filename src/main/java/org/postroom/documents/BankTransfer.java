package org.postroom.documents;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.layout.EpcCode;
import org.postroom.documents.layout.EpcCode.Transfer;
import org.postroom.mail.Iban;

/**
 * What a payer types into their bank's form, as it stands on the document's PDF.
 *
 * @param holder of the account
 * @param account IBAN in groups of four; other countries' numbers as they came
 * @param bank its name, null where unknown
 * @param reference what the payer quotes
 */
public record BankTransfer(
    String holder,
    String account,
    @Nullable String bic,
    @Nullable String bank,
    String reference,
    BigDecimal amount,
    String currency) {

  /** Empty where neither document nor company names an account. */
  public static Optional<BankTransfer> of(Document document, Company company, BigDecimal amount) {
    Transfer transfer = Transfer.of(document, company, amount);
    String account = transfer.iban();
    if (account == null || account.isBlank()) return Optional.empty();
    boolean own = document.payment().iban() != null;
    return Optional.of(
        new BankTransfer(
            transfer.name(),
            Iban.of(account).map(Iban::grouped).orElse(account),
            filled(transfer.bic()),
            filled(own ? document.payment().bank() : company.bankName()),
            transfer.reference(),
            amount,
            document.currency()));
  }

  /** The same transfer with another reference, for several documents at once. */
  public BankTransfer quoting(String other) {
    return new BankTransfer(holder, account, bic, bank, other, amount, currency);
  }

  /**
   * The "scan to pay" code that banking apps read (EPC069-12), as an SVG picture. Empty where there
   * is no such code: other currencies than the euro, accounts outside SEPA.
   */
  public Optional<String> code() {
    return EpcCode.payload(new Transfer(holder, account, bic, currency, amount, reference))
        .map(EpcCode::svg);
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
