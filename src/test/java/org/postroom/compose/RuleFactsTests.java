package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StoredDocument;
import org.postroom.documents.intake.DocumentJson;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.Purpose;
import org.postroom.rules.Field;
import tools.jackson.databind.json.JsonMapper;

/** Every field a rule can name is really there. */
class RuleFactsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DOCUMENT =
      """
      {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02",
       "delivery_date": "2026-11-03", "currency": "EUR", "contact": {"name": "Anna"},
       "lines": [{"description": "Rye", "sku": "F1", "quantity": "25", "unit": "kg",
                  "unit_price": "1.20", "amount": "30.00", "fields": {"hs_code": "1102"}}],
       "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "1.00", "due": "31.70"},
       "bill_to": {"name": "Contoso", "country": "NL"}, "ship_to": {"name": "Dock", "country": "CH"},
       "references": {"order": "O1"}, "fields": {"po": "4711"}}\
      """;

  @Test
  void everyFieldOfTheVocabularyHasAValueInAFullDocument() {
    Document document = DocumentJson.read(DocumentKind.INVOICE, "INV-1", JSON.readTree(DOCUMENT));
    var stored =
        new StoredDocument(
            "doc_1",
            document,
            1,
            document.amountDue(),
            List.of(),
            null,
            true,
            Instant.EPOCH,
            Instant.EPOCH);
    Partner partner =
        PartnerJson.read(
            "contoso",
            JSON.readTree(
                "{\"name\": \"Contoso\", \"language\": \"nl\", \"currency\": \"EUR\", \"attributes\": {\"g\": \"A\"}}"));
    Company company = Company.named("co_acme", "Acme");
    Map<String, Object> facts =
        RuleFacts.of(company, stored, partner, Purpose.INVOICE, java.time.LocalDate.EPOCH);
    for (Field field : Field.KNOWN)
      assertThat(at(facts, field.path())).as(field.path()).isNotNull();
    for (String own :
        List.of(
            "document.fields.po",
            "document.references.order",
            "partner.attributes.g",
            "document.lines[].fields.hs_code")) {
      assertThat(Field.of(own)).as(own).isPresent();
      assertThat(at(facts, own)).as(own).isNotNull();
    }
  }

  private static Object at(Object from, String path) {
    Object at = from;
    for (String part : path.replace("[]", ".[]").split("\\.")) {
      if (part.equals("[]")) at = ((List<?>) at).getFirst();
      else at = at instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return at;
  }
}
