package org.postroom.receivables;

import java.util.List;
import java.util.Locale;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;
import org.postroom.documents.Rendered;
import org.postroom.partners.Partner;
import org.springframework.stereotype.Service;

/** A statement as a PDF, without keeping it. */
@Service
public class StatementPaper {
  private final Access access;
  private final Layouts layouts;

  StatementPaper(Access access, Layouts layouts) {
    this.access = access;
    this.layouts = layouts;
  }

  /** In the customer's language and layout. */
  public Rendered print(String companyId, Statement statement) {
    Company company = access.company(companyId);
    Partner partner = statement.partner();
    Locale language =
        partner.language() == null ? company.language() : Locale.forLanguageTag(partner.language());
    return layouts.print(
        new Printing(
            statement.document(company),
            List.of(),
            company,
            partner,
            language,
            partner.layouts().get(DocumentKind.STATEMENT.word())));
  }
}
