package org.postroom.documents.ubl;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.intake.Wording;

/** How to pay: the first means that names the payee's account, else the first. */
final class UblPayment {
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
  private static final Pattern BIC =
      Pattern.compile("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?");

  /** UNCL 4461, as far as people have words for it. */
  private static final Map<String, String> MEANS =
      Map.ofEntries(
          Map.entry("10", "Cash"),
          Map.entry("20", "Cheque"),
          Map.entry("30", "Credit transfer"),
          Map.entry("31", "Credit transfer"),
          Map.entry("42", "Bank transfer"),
          Map.entry("48", "Card"),
          Map.entry("49", "Direct debit"),
          Map.entry("54", "Credit card"),
          Map.entry("55", "Debit card"),
          Map.entry("57", "Standing agreement"),
          Map.entry("58", "SEPA credit transfer"),
          Map.entry("59", "SEPA direct debit"),
          Map.entry("97", "Clearing between partners"));

  private final Element root;
  private final Values values;

  UblPayment(Element root, Values values) {
    this.root = root;
    this.values = values;
  }

  PaymentTerms terms() {
    Element means = means();
    String terms = terms(values.notes(root, "PaymentTerms", "Note"));
    if (means == null)
      return terms == null
          ? PaymentTerms.NONE
          : new PaymentTerms(terms, null, null, null, null, null, null);
    String account = account(means);
    return new PaymentTerms(
        terms,
        account != null && IBAN.matcher(account).matches() ? account : null,
        bic(means),
        bank(means),
        values.text(means, "PayeeFinancialAccount", "Name"),
        reference(means),
        word(means));
  }

  /** Accounts without IBAN are kept beside, so that nobody takes them for one. */
  void fields(Map<String, Object> fields) {
    Element means = means();
    String account = means == null ? null : account(means);
    if (means == null || account == null || IBAN.matcher(account).matches()) return;
    UblMapping.field(fields, "bank_account", values.text(means, "PayeeFinancialAccount", "ID"));
    UblMapping.field(
        fields,
        "bank_branch",
        values.text(means, "PayeeFinancialAccount", "FinancialInstitutionBranch", "ID"));
  }

  private @Nullable Element means() {
    List<Element> all = root.all("PaymentMeans").toList();
    if (all.isEmpty()) return null;
    return all.stream().filter(means -> account(means) != null).findFirst().orElse(all.getFirst());
  }

  private @Nullable String account(Element means) {
    String account = values.text(means, "PayeeFinancialAccount", "ID");
    return account == null ? null : account.replace(" ", "").toUpperCase(Locale.ROOT);
  }

  private @Nullable String bic(Element means) {
    Element branch = means.first("PayeeFinancialAccount", "FinancialInstitutionBranch");
    if (branch == null) return null;
    String bic = values.text(branch, "FinancialInstitution", "ID");
    if (bic == null) bic = values.text(branch, "ID");
    return bic != null && BIC.matcher(bic).matches() ? bic : null;
  }

  private @Nullable String bank(Element means) {
    Element branch = means.first("PayeeFinancialAccount", "FinancialInstitutionBranch");
    if (branch == null) return null;
    String bank = values.text(branch, "FinancialInstitution", "Name");
    return bank == null ? values.text(branch, "Name") : bank;
  }

  /** The payer's words for the payee: on these means, else on any. */
  private @Nullable String reference(Element means) {
    String reference = values.text(means, "PaymentID");
    if (reference == null) reference = values.text(means, "InstructionID");
    return reference == null ? values.text(root, "PaymentMeans", "PaymentID") : reference;
  }

  private @Nullable String word(Element means) {
    Element code = means.first("PaymentMeansCode");
    if (code == null) return null;
    String text = values.text(code);
    String name = code.attribute("name");
    if (name != null && !name.isBlank() && Wording.trouble(name, Wording.SHORT) == null)
      return name;
    return text == null ? null : Objects.requireNonNullElse(MEANS.get(text), text);
  }

  private static @Nullable String terms(List<String> notes) {
    String joined = String.join("\n", notes);
    if (joined.isEmpty()) return null;
    return joined.length() > Wording.LONG ? notes.getFirst() : joined;
  }
}
