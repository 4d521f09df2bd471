package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.documents.Samples.ERP;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.documents.ImportReport.Result;
import org.postroom.http.Problem;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class InvoiceImportTests {
  private static final String HEAD = "number;partner;issue_date;due_date;currency;gross;paid\n";
  @Parameter TestDatabase kind;
  private Database database;
  private Documents documents;
  private InvoiceImport imports;

  @BeforeEach
  void open() {
    database = kind.open(null);
    documents = DocumentsForTests.on(database);
    imports = new InvoiceImport(documents);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void eachLineStandsForItself() {
    ImportReport report =
        read(
            HEAD
                + "INV-1;contoso;2026-11-02;2.12.2026;eur;1.284,50;84,50\n"
                + "INV-2;contoso;soon;2026-12-02;EUR;10.00;0\n"
                + ";contoso;2026-11-02;2026-12-02;EUR;10.00;0\n"
                + "INV-1;contoso;2026-11-02;2026-12-02;EUR;10.00;0\n"
                + "INV-3;;2026-11-02;2026-12-02;EURO;1,284;0\n"
                + "INV-4;fabrikam;2026-11-02;;USD;1,284.50;\n");
    assertThat(report.count(Result.CREATED)).isEqualTo(2);
    assertThat(report.refused()).extracting(ImportReport.Line::line).containsExactly(3, 4, 5, 6);
    assertThat(report.refused().getLast().errors()).hasSize(2);
    StoredDocument first = find("INV-1");
    assertThat(first.amountDue()).isEqualByComparingTo("1200.00");
    assertThat(first.document().dueDate()).hasToString("2026-12-02");
    assertThat(find("INV-4").amountDue()).isEqualByComparingTo("1284.50");
  }

  @Test
  void theSameFileAgainChangesNothing() {
    String file = HEAD + "INV-1;contoso;2026-11-02;2026-12-02;EUR;32.70;0\n";
    assertThat(read(file).count(Result.CREATED)).isEqualTo(1);
    assertThat(read(file).count(Result.UNCHANGED)).isEqualTo(1);
    assertThat(read(file.replace(";0\n", ";2.70\n")).count(Result.UPDATED)).isEqualTo(1);
    assertThat(find("INV-1").amountDue()).isEqualByComparingTo("30.00");
  }

  @Test
  void germanColumnsOfAGermanSpreadsheetAreUnderstood() {
    String file =
        "Nummer;Kunde;Datum;Fällig;Währung;Betrag;Offen\nR-1;contoso;2.11.2026;2.12.2026;EUR;100,00;60,00\n";
    byte[] windows = file.getBytes(Charset.forName("windows-1252"));
    assertThat(imports.read(ERP, DocumentKind.INVOICE, windows).count(Result.CREATED)).isEqualTo(1);
    assertThat(find("R-1").amountDue()).isEqualByComparingTo("60.00");
    assertThat(find("R-1").document().totals().paid()).isEqualByComparingTo("40.00");
  }

  @Test
  void aFileWithoutTheNeededColumnsIsRefusedWhole() {
    assertThatThrownBy(() -> read("number;partner;curency\nI;c;EUR\n"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(422);
              assertThat(problem.errors()).hasSize(3);
              assertThat(problem.errors().getFirst().message()).contains("currency");
            });
    assertThatThrownBy(() -> imports.read(ERP, DocumentKind.QUOTE, new byte[] {65}))
        .isInstanceOf(Problem.class);
  }

  @Test
  void amountsThatCouldBeAThousandTimesAnotherAreRefused() {
    for (String text :
        new String[] {"1,284", "1.284", "-12.500", "1,2,3", "1.2.3", "abc", "1e9", ""})
      assertThat(Typed.amount(text)).as(text).isEmpty();
    for (String text :
        new String[] {"1284.5", "1284,5", "1,284.50", "1.284,50", "1 284,50", "1'284.50"})
      assertThat(Typed.amount(text))
          .as(text)
          .hasValueSatisfying(
              amount -> assertThat(amount).isEqualByComparingTo(new BigDecimal("1284.5")));
  }

  @Test
  void noBytesBreakIt() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] bytes =
          (HEAD + "INV-1;contoso;2026-11-02;2026-12-02;EUR;32.70;0\n")
              .getBytes(StandardCharsets.UTF_8);
      for (int change = 0; change < 6; change++)
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        imports.read(ERP, DocumentKind.INVOICE, bytes);
      } catch (Problem told) {
        assertThat(told.status()).isEqualTo(422);
      }
    }
  }

  private ImportReport read(String file) {
    return imports.read(ERP, DocumentKind.INVOICE, file.getBytes(StandardCharsets.UTF_8));
  }

  private StoredDocument find(String number) {
    return documents.find("co_1", DocumentKind.INVOICE, number).orElseThrow();
  }
}
