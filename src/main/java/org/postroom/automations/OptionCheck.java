package org.postroom.automations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.automations.Options.To;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partners;
import org.postroom.rules.Rules;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Component;

/** What options name must exist and fit the mail. What stood there before is not asked again. */
@Component
class OptionCheck {
  private final Templates templates;
  private final Accounts accounts;
  private final Partners partners;
  private final Documents documents;
  private final Rules rules;

  OptionCheck(
      Templates templates, Accounts accounts, Partners partners, Documents documents, Rules rules) {
    this.templates = templates;
    this.accounts = accounts;
    this.partners = partners;
    this.documents = documents;
    this.rules = rules;
  }

  /** 422 with everything that is wrong. */
  void check(String company, Automation automation, Options before, Options after) {
    List<FieldError> errors = new ArrayList<>();
    fits(errors, automation, after);
    if (!after.condition().equals(before.condition()))
      errors.addAll(rules.unknown(company, "/condition", after.condition()));
    boolean purpose = automation.purpose(before) != automation.purpose(after);
    if (purpose || !same(before.template(), after.template()))
      template(errors, company, automation, after);
    if (!same(before.account(), after.account())) account(errors, company, after.account());
    partners(errors, company, before, after);
    documents(errors, company, before, after);
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  private static void fits(List<FieldError> errors, Automation automation, Options options) {
    if (options.to() == To.ADDRESSES && options.addresses().isEmpty())
      errors.add(new FieldError("/addresses", "required", "Say which addresses get it."));
    if (options.to() == To.INTERNAL && automation != Automation.GOODS_RECEIVED)
      errors.add(
          new FieldError(
              "/to", "does_not_fit", "Only goods received can be told inside Postroom."));
    if (options.approval() && automation != Automation.QUOTE_ISSUED)
      errors.add(new FieldError("/approval", "does_not_fit", "Only quotes are approved."));
  }

  private void template(
      List<FieldError> errors, String company, Automation automation, Options options) {
    String id = options.template();
    if (id == null) return;
    String purpose = automation.purpose(options).word();
    Optional<Template> found = templates.find(company, id, null);
    if (found.isEmpty()) errors.add(unknown("/template", "There is no template “" + id + "”."));
    else if (!found.get().purpose().equals(purpose))
      errors.add(
          new FieldError(
              "/template",
              "does_not_fit",
              "“"
                  + found.get().name()
                  + "” is for "
                  + templates.name(found.get().purpose())
                  + "; this needs one for "
                  + templates.name(purpose)
                  + "."));
  }

  private void account(List<FieldError> errors, String company, @Nullable String id) {
    if (id == null) return;
    Optional<Account> found = accounts.find(company, id);
    if (found.isEmpty()) errors.add(unknown("/account", "There is no account “" + id + "”."));
    else if (!found.get().ofCompany())
      errors.add(
          new FieldError(
              "/account",
              "does_not_fit",
              "“" + found.get().name() + "” is somebody’s own account; only they send from it."));
    else if (!found.get().active())
      errors.add(
          new FieldError(
              "/account",
              "does_not_fit",
              "“" + found.get().name() + "” is switched off. Switch it on first."));
  }

  private void partners(List<FieldError> errors, String company, Options before, Options after) {
    for (String ref : after.exceptPartners())
      if (!before.exceptPartners().contains(ref) && partners.find(company, ref).isEmpty())
        errors.add(unknown("/except/partners", "There is no partner “" + ref + "”."));
  }

  private void documents(List<FieldError> errors, String company, Options before, Options after) {
    for (DocumentRef ref : after.exceptDocuments())
      if (!before.exceptDocuments().contains(ref) && !exists(company, ref))
        errors.add(
            unknown(
                "/except/documents",
                "There is no " + ref.kind().replace('_', ' ') + " “" + ref.number() + "”."));
  }

  private boolean exists(String company, DocumentRef ref) {
    return DocumentKind.of(ref.kind())
        .flatMap(kind -> documents.find(company, kind, ref.number()))
        .isPresent();
  }

  private static FieldError unknown(String pointer, String message) {
    return new FieldError(pointer, "unknown_value", message);
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return java.util.Objects.equals(one, other);
  }
}
