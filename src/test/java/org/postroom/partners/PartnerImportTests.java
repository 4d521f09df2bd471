package org.postroom.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.partners.PartnerImport.Outcome;
import org.postroom.partners.PartnerImport.Trouble;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class PartnerImportTests {
  private static final Caller ERP = Doors.caller("co_1", Right.WRITE_DOCUMENTS);
  private static final SendFromCheck ACC_1 = (company, account) -> account.equals("acc_1");
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));

  @Parameter TestDatabase kind;
  private Database database;
  private Partners partners;
  private PartnerImports imports;

  @BeforeEach
  void open() {
    database = kind.open(now::get);
    partners =
        new Partners(
            database,
            new RecipientOrders(database, new Audit(database)),
            List.of(ACC_1),
            List.of());
    imports = new PartnerImports(database, partners, List.of(ACC_1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void addsPartnersInFriendlyWords() {
    PartnerImport checked =
        check(
            """
            Customer number;Name;E-mail;Billing email;Language;Contact first;Attribute Group
            10001;Contoso Bäckerei;info@contoso.example;"ap@contoso.example; ""Ledger, main"" <l@contoso.example>";de;yes;A
            """);
    assertThat(checked.fileTroubles()).isEmpty();
    assertThat(checked.count(Outcome.CREATED)).isEqualTo(1);
    assertThat(partners.find("co_1", "10001")).isEmpty();
    imports.store(ERP, checked);
    Partner made = partners.find("co_1", "10001").orElseThrow();
    assertThat(made.name()).isEqualTo("Contoso Bäckerei");
    assertThat(made.emails().billing())
        .extracting(Address::spec)
        .containsExactly("ap@contoso.example", "l@contoso.example");
    assertThat(made.useContactEmail()).isTrue();
    assertThat(made.attributes()).isEqualTo(java.util.Map.of("Group", "A"));
  }

  @Test
  void whatTheFileDoesNotSpeakOfStaysAndAnEmptyCellEmpties() {
    store("ref,name,main,billing,phone\nc1,Contoso,a@x.example,b@x.example,+31 20 1");
    PartnerImport changed = check("ref,billing\nc1,\nc2,c@x.example");
    assertThat(changed.lines())
        .extracting(PartnerImport.Line::outcome)
        .containsExactly(Outcome.CHANGED, Outcome.REFUSED);
    assertThat(changed.lines().getFirst().changed()).containsExactly("billing");
    assertThat(changed.lines().getLast().troubles())
        .extracting(Trouble::field)
        .containsExactly("name");
    imports.store(ERP, changed);
    Partner after = partners.find("co_1", "c1").orElseThrow();
    assertThat(after.emails().billing()).isEmpty();
    assertThat(after.phone()).isEqualTo("+31 20 1");
    assertThat(check("ref,name\nc1,Contoso").count(Outcome.UNCHANGED)).isEqualTo(1);
  }

  @Test
  void eachRefusedLineSaysWhereAndWhy() {
    PartnerImport checked =
        check(
            """
            ref,name,main,currency,type,send_from,no_mail,contact_2_email,ship_to_country
            c1,Good,a@x.example,EUR,supplier,acc_1,reminder,b@x.example,NL
            c2,Bad,no address,EURO,friend,,remindr,also bad,Netherlands
            c1,Twice,,,,,,,
            ,No key,,,,,,,
            c3,Account,,,,acc_9,,,
            c4,"Comma, forgotten",,,,,,,,more
            """);
    assertThat(checked.lines())
        .extracting(PartnerImport.Line::line)
        .containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(checked.count(Outcome.REFUSED)).isEqualTo(5);
    assertThat(checked.lines().get(1).troubles())
        .extracting(Trouble::field)
        .containsExactlyInAnyOrder(
            "main", "currency", "type", "no_mail", "contact_1_email", "ship_to_country");
    assertThat(checked.lines().get(1).troubles())
        .filteredOn(trouble -> trouble.field().equals("no_mail"))
        .extracting(Trouble::message)
        .containsExactly("“remindr” is no kind of mail. Did you mean “reminder”?");
    assertThat(messages(checked, 2)).containsExactly("“c1” stands in line 2 already.");
    assertThat(messages(checked, 4)).containsExactly("There is no account “acc_9”.");
    assertThat(messages(checked, 5).getFirst()).contains("more cells than the header");
    imports.store(ERP, checked);
    assertThat(partners.list("co_1", PartnerFilter.ALL, 10, null).data())
        .extracting(Partner::ref)
        .containsExactly("c1");
    Partner good = partners.find("co_1", "c1").orElseThrow();
    assertThat(good.type()).isEqualTo(Partner.Type.VENDOR);
    assertThat(good.wants(Purpose.REMINDER)).isFalse();
  }

  @Test
  void aHeaderThatIsNotUnderstoodStopsTheFile() {
    PartnerImport checked = check("ref,name,curency,colour\nc1,X,EUR,blue");
    assertThat(checked.lines()).isEmpty();
    assertThat(checked.fileTroubles())
        .extracting(Trouble::message)
        .containsExactly(
            "There is no field “curency”. Did you mean “currency”?", "There is no field “colour”.");
    assertThat(check("name\nX").fileTroubles()).hasSize(1);
    assertThat(catchThrowableOfType(Problem.class, () -> check("")).errorAt("/file"))
        .isEqualTo("The file is empty.");
  }

  @Test
  void whatIsExportedCanBeImportedAgainAndChangesNothing() throws IOException {
    String full =
        """
        {"type": "vendor", "name": "=Contoso", "language": "pt-BR", "currency": "EUR", "phone": "+31 20",
         "emails": {"main": ["\\"A, b\\" <a@x.example>", "c@x.example"]},
         "bill_to": {"name": "HQ", "address": ["Street 1", "Town"], "country": "NL", "emails": ["hq@x.example"]},
         "contacts": [{"name": "Anna", "email": "anna@x.example", "roles": ["purchasing", "quote"]},
                      {"name": "Bob", "phone": "-1"}],
         "use_contact_email": true, "notifications": {"reminder": false}, "send_from": "acc_1",
         "layouts": {"invoice": "lay_1"}, "attributes": {"group": "A", "credit": 1200.50, "tags": ["x"]}}\
        """;
    partners.put(ERP, PartnerJson.read("c/1", JsonMapper.builder().build().readTree(full)));
    store("ref,name,attribute x\nc2,\"Line\",y");
    var out = new StringWriter();
    imports.export("co_1", PartnerFilter.ALL, out);
    assertThat(out.toString()).contains("'=Contoso", "'+31 20", "\"Street 1\nTown\"");
    PartnerImport again = check(out.toString());
    assertThat(again.fileTroubles()).isEmpty();
    assertThat(again.lines())
        .allSatisfy(line -> assertThat(line.outcome()).as("%s", line).isEqualTo(Outcome.UNCHANGED));
    assertThat(again.lines()).hasSize(2);
  }

  @Test
  void theExampleFileCanBeImported() {
    assertThat(check(PartnerImports.template()).count(Outcome.CREATED)).isEqualTo(1);
  }

  @Test
  void aFileWaitsForTheYesOfWhoeverHandedItInForADay() {
    String id = imports.keep(ERP, "p.csv", "ref,name\nc1,X".getBytes(UTF_8));
    assertThat(imports.waiting(ERP, id).orElseThrow().content()).hasSize(13);
    Caller other = new Caller("co_1", Caller.Kind.PERSON, "usr_2", "B", null, ERP.rights(), false);
    assertThat(imports.waiting(other, id)).isEmpty();
    assertThat(imports.waiting(Doors.caller("co_2", Right.WRITE_DOCUMENTS), id)).isEmpty();
    now.set(now.get().plusSeconds(86_401));
    imports.keep(ERP, "q.csv", new byte[] {1});
    assertThat(imports.waiting(ERP, id)).isEmpty();
  }

  @Test
  void storesManyLines() {
    var file = new StringBuilder("ref,name,main\n");
    for (int i = 0; i < 1_001; i++)
      file.append("c%d,Partner %d,a%d@x.example\n".formatted(i, i, i));
    imports.store(ERP, check(file.toString()));
    assertThat(partners.find("co_1", "c1000").orElseThrow().name()).isEqualTo("Partner 1000");
    assertThat(check(file.toString()).count(Outcome.UNCHANGED)).isEqualTo(1_001);
  }

  private static List<String> messages(PartnerImport checked, int line) {
    return checked.lines().get(line).troubles().stream().map(Trouble::message).toList();
  }

  private void store(String file) {
    imports.store(ERP, check(file));
  }

  private PartnerImport check(String file) {
    return imports.check(ERP, file.getBytes(UTF_8));
  }
}
