package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.documents.Samples.ERP;
import static org.postroom.documents.Samples.bytes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.StandingFiles.Wish;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.postroom.testkit.TestDatabase;

/** Files of documents and of the company, on both databases. */
@ParameterizedClass
@EnumSource
class FilesSuiteTests {
  private static final DocumentKind INVOICE = DocumentKind.INVOICE;
  private static final byte[] PDF = bytes("%PDF-1.7 and so on");
  private static final Caller OFFICE =
      Samples.caller("co_1", Set.of(Right.MANAGE_TEMPLATES, Right.MANAGE_PEOPLE));
  @Parameter TestDatabase kind;
  private Database database;
  private DocumentFiles files;
  private StandingFiles standing;

  @BeforeEach
  void open() {
    database = kind.open(null);
    files = new DocumentFiles(database);
    standing = new StandingFiles(database, new Audit(database));
    Documents documents = DocumentsForTests.on(database);
    documents.put(
        ERP,
        documents.readJson(INVOICE, "INV-1", bytes(Samples.invoice())),
        Source.json(bytes("{}")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFileIsAddedReplacedListedAndTakenAway() {
    DocumentFiles.Put added = put("Plan A.pdf", PDF);
    assertThat(added.created()).isTrue();
    assertThat(added.file().contentType()).isEqualTo("application/pdf");
    assertThat(put("notes.txt", bytes("Grüße")).file().size()).isEqualTo(7);
    DocumentFiles.Put again = put("Plan A.pdf", bytes("%PDF-2.0 anew"));
    assertThat(again.created()).isFalse();
    assertThat(files.of("co_1", INVOICE, "INV-1"))
        .extracting(DocumentFile::name)
        .containsExactlyInAnyOrder("Plan A.pdf", "notes.txt");
    assertThat(files.content("co_1", INVOICE, "INV-1", "Plan A.pdf").content())
        .isEqualTo(bytes("%PDF-2.0 anew"));
    assertThat(files.attachments("co_1", INVOICE, "INV-1"))
        .extracting(Attachment::contentType)
        .containsExactlyInAnyOrder("application/pdf", "text/plain");
    files.delete(ERP, INVOICE, "INV-1", "Plan A.pdf");
    assertThat(files.of("co_1", INVOICE, "INV-1")).hasSize(1);
    refused(() -> files.delete(ERP, INVOICE, "INV-1", "Plan A.pdf"), 404, "Plan A.pdf");
  }

  @Test
  void aMissingFileIsNamed() {
    refused(() -> files.content("co_1", INVOICE, "INV-1", "terms.pdf"), 422, "terms.pdf");
    refused(() -> standing.content("co_1", "sfl_x"), 422, "sfl_x");
  }

  @Test
  void filesBelongToADocumentOfTheOwnCompany() {
    put("a.pdf", PDF);
    assertThat(files.of("co_2", INVOICE, "INV-1")).isEmpty();
    Caller other = Samples.caller("co_2", ERP.rights());
    refused(() -> files.put(other, INVOICE, "INV-1", "a.pdf", PDF), 404, "INV-1");
    refused(() -> files.put(OFFICE, INVOICE, "INV-1", "a.pdf", PDF), 403, "write documents");
  }

  @Test
  void onlyWhatReallyIsWhatItSaysIsTaken() {
    refused(() -> put("a.pdf", bytes("<html>")), 422, ".pdf");
    refused(() -> put("a.png", PDF), 422, ".png");
    refused(() -> put("a.txt", new byte[] {65, 0, 66}), 422, ".txt");
    refused(() -> put("a.json", new byte[] {(byte) 0xff}), 422, ".json");
    refused(() -> put("setup.exe", bytes("x")), 422, "program");
    refused(() -> put("drawing.dat", bytes("MZ\u0000")), 422, "program");
    refused(() -> put("a.pdf", new byte[0]), 422, "empty");
    refused(() -> put("a.bin", new byte[DocumentFiles.MOST_BYTES + 1]), 413, "25 MB");
    assertThat(put("a.dwg", bytes("AC1032")).file().contentType())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void namesThatFoolReadersOrBreakFileSystemsAreRefused() {
    for (String name :
        List.of(
            "",
            " a.txt",
            "..",
            ".hidden",
            "a/b.txt",
            "a\\b.txt",
            "a:b.txt",
            "a\u202etxt.txt",
            "a\nb.txt",
            "a.",
            "a\ud800.txt",
            "x".repeat(121))) refused(() -> put(name, bytes("text")), 422, "file name");
    for (String name : List.of("Größe 10%.txt", "漢字.txt", "a+b (2).txt", "LICENSE"))
      assertThat(put(name, bytes("text")).file().name()).isEqualTo(name);
  }

  @Test
  void fiftyFilesAreTheMost() {
    for (int i = 0; i < 50; i++) put(i + ".txt", bytes("x"));
    refused(() -> put("one more.txt", bytes("x")), 422, "50");
    assertThat(put("49.txt", bytes("y")).created()).isFalse();
  }

  @Test
  void standingFilesGoAlongByKindAndLanguage() {
    var both = List.of(DocumentKind.SALES_ORDER, INVOICE);
    StandingFile german = add("AGB.pdf", both, List.of("de"));
    StandingFile all = add("Terms.pdf", List.of(INVOICE), List.of());
    add("Map.pdf", List.of(), List.of());
    assertThat(forKind(INVOICE, "de-AT")).containsExactly(german, all);
    assertThat(forKind(INVOICE, "en")).containsExactly(all);
    assertThat(forKind(DocumentKind.SALES_ORDER, "en")).isEmpty();
    assertThat(standing.forKind("co_1", DocumentKind.SALES_ORDER)).containsExactly(german);
    assertThat(standing.list("co_1")).hasSize(3);
    assertThat(standing.list("co_2")).isEmpty();
    assertThat(standing.content("co_1", all.id()).content()).isEqualTo(PDF);
  }

  @Test
  void standingFilesAreChangedReplacedAndDeletedOnRecord() {
    StandingFile file = add("Terms.pdf", List.of(INVOICE), List.of());
    StandingFile named =
        standing.change(
            OFFICE, file.id(), new Wish("AGB.pdf", List.of(DocumentKind.QUOTE), List.of("de")));
    assertThat(standing.find("co_1", file.id())).contains(named);
    assertThat(named.name()).isEqualTo("AGB.pdf");
    standing.replace(OFFICE, file.id(), bytes("%PDF-2.0 new edition"));
    assertThat(standing.content("co_1", file.id()).content())
        .isEqualTo(bytes("%PDF-2.0 new edition"));
    refused(() -> standing.replace(OFFICE, file.id(), bytes("text")), 422, ".pdf");
    refused(
        () -> standing.change(OFFICE, file.id(), new Wish("a.png", List.of(), List.of())),
        422,
        ".png");
    refused(
        () -> standing.change(OFFICE, file.id(), new Wish("a.pdf", List.of(), List.of("x y"))),
        422,
        "x y");
    standing.delete(OFFICE, file.id());
    assertThat(standing.find("co_1", file.id())).isEmpty();
    refused(() -> standing.delete(OFFICE, file.id()), 404, "standing file");
    assertThat(new Audit(database).list(OFFICE, 10, null).data())
        .extracting(Audit.Entry::what)
        .containsExactly(
            "standing_file.deleted",
            "standing_file.changed",
            "standing_file.changed",
            "standing_file.added");
    refused(() -> standing.add(ERP, new Wish("a.pdf", List.of(), List.of()), PDF), 403, "template");
  }

  @Test
  void whatHasTwentyFiveMegabytesComesBackWhole() {
    byte[] large = new byte[DocumentFiles.MOST_BYTES];
    Arrays.fill(large, (byte) 7);
    put("large.bin", large);
    assertThat(files.content("co_1", INVOICE, "INV-1", "large.bin").content()).isEqualTo(large);
  }

  private DocumentFiles.Put put(String name, byte[] content) {
    return files.put(ERP, INVOICE, "INV-1", name, content);
  }

  private StandingFile add(String name, List<DocumentKind> kinds, List<String> languages) {
    return standing.add(OFFICE, new Wish(name, kinds, languages), PDF);
  }

  private List<StandingFile> forKind(DocumentKind kind, String language) {
    return standing.forKind("co_1", kind, Locale.forLanguageTag(language));
  }

  private static void refused(ThrowingCallable what, int status, String says) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.detail().toLowerCase(Locale.ROOT))
                  .contains(says.toLowerCase(Locale.ROOT));
            });
  }
}
