package org.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.automations.Automations;
import org.postroom.automations.BusinessEvent;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.partners.PartnerFilter;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** The demo as whoever starts it finds it. */
@ParameterizedClass
@EnumSource
class DemoTests {
  @Parameter TestDatabase database;
  @TempDir Path home;

  @Test
  void aFirmWithEverythingInItIsThereAndStaysOneFirm() throws Exception {
    Map<String, Object> settings = settings();
    int documents;
    long messages;
    String password;
    try (var postroom = RunningPostroom.start(settings)) {
      everyKindIsThereAndPrints(postroom);
      everyPurposeHasBeenMailed(postroom);
      someMailWaitsAndSomeIsCancelled(postroom);
      eventsWereSkippedForReasons(postroom);
      theAdministratorGetsIn(postroom);
      documents = documents(postroom).size();
      messages = count(postroom);
      password = DemoSignIn.kept(home).orElseThrow().password();
    }
    try (var postroom = RunningPostroom.start(settings)) {
      assertThat(documents(postroom)).hasSize(documents);
      assertThat(count(postroom)).isEqualTo(messages);
      assertThat(postroom.bean(Access.class).companies()).hasSize(1);
      assertThat(DemoSignIn.kept(home).orElseThrow().password()).isEqualTo(password);
    }
  }

  @Test
  void aDatabaseWithItsOwnCompanyIsLeftAlone() {
    Map<String, Object> real = settings();
    real.remove("demo");
    real.put("POSTROOM_ADMIN_EMAIL", RunningPostroom.ADMIN);
    real.put("POSTROOM_ADMIN_PASSWORD", RunningPostroom.PASSWORD);
    try (var postroom = RunningPostroom.start(real)) {
      assertThat(documents(postroom)).isEmpty();
    }
    Map<String, Object> demo = new HashMap<>(real);
    demo.put("demo", "");
    assertThatThrownBy(() -> RunningPostroom.start(demo))
        .hasRootCauseInstanceOf(NotADemo.class)
        .rootCause()
        .hasMessageContaining("Acme Bakery Supplies");
    try (var postroom = RunningPostroom.start(real)) {
      assertThat(postroom.bean(Access.class).companies()).hasSize(1);
      assertThat(documents(postroom)).isEmpty();
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("POSTROOM_HOME", home.toString());
    settings.put("demo", "");
    settings.put("POSTROOM_PUBLIC_URL", "http://localhost:8025");
    settings.put("POSTROOM_ADMIN_EMAIL", "");
    settings.put("POSTROOM_ADMIN_PASSWORD", "");
    settings.put("POSTROOM_API_KEY", "");
    if (database == TestDatabase.POSTGRESQL)
      settings.put("POSTROOM_DATABASE_URL", TestDatabase.freshPostgresUrl());
    return settings;
  }

  private static void everyKindIsThereAndPrints(RunningPostroom postroom) throws Exception {
    Set<DocumentKind> kinds = new TreeSet<>();
    Company company = company(postroom);
    var documents = postroom.bean(Documents.class);
    var layouts = postroom.bean(org.postroom.documents.Layouts.class);
    for (StoredDocument head : documents(postroom)) {
      StoredDocument stored =
          documents
              .find(company.id(), head.document().kind(), head.document().number())
              .orElseThrow();
      assertThat(stored.warnings()).as(head.document().number()).isEmpty();
      byte[] pdf = layouts.render(stored.current(), company, company.language()).pdf();
      try (var opened = Loader.loadPDF(pdf)) {
        assertThat(new PDFTextStripper().getText(opened))
            .contains(stored.document().number(), company.name());
      }
      kinds.add(stored.document().kind());
    }
    assertThat(kinds).containsExactlyInAnyOrder(DocumentKind.values());
    assertThat(company.logoType()).isEqualTo("image/png");
    assertThat(
            postroom.bean(Partners.class).list(company.id(), PartnerFilter.ALL, 100, null).data())
        .hasSizeGreaterThanOrEqualTo(12);
  }

  private static void everyPurposeHasBeenMailed(RunningPostroom postroom) {
    Set<String> sent =
        eventually(
            () ->
                messages(postroom).stream()
                    .filter(message -> message.state() == MessageState.SENT)
                    .flatMap(message -> java.util.stream.Stream.ofNullable(message.purpose()))
                    .collect(Collectors.toSet()),
            words -> words.size() == Purpose.values().length);
    assertThat(sent).hasSameSizeAs(Purpose.values());
  }

  private static void someMailWaitsAndSomeIsCancelled(RunningPostroom postroom) {
    List<Message> messages = messages(postroom);
    assertThat(messages)
        .filteredOn(message -> message.state() == MessageState.HELD)
        .singleElement()
        .satisfies(held -> assertThat(held.note()).contains("switched off"));
    assertThat(messages)
        .filteredOn(message -> message.state() == MessageState.QUEUED)
        .singleElement()
        .satisfies(later -> assertThat(later.dueAt()).isAfter(later.createdAt()));
    assertThat(messages)
        .filteredOn(message -> message.state() == MessageState.CANCELLED)
        .hasSize(1);
  }

  private static void eventsWereSkippedForReasons(RunningPostroom postroom) {
    List<BusinessEvent> events =
        eventually(
            () -> postroom.bean(Automations.class).events(company(postroom).id(), 100, null).data(),
            all -> all.stream().noneMatch(e -> e.state() == BusinessEvent.State.ACCEPTED));
    assertThat(events)
        .flatExtracting(BusinessEvent::outcomes)
        .extracting(BusinessEvent.Outcome::code)
        .contains("switched_off", "unknown_document", "no_recipient");
    assertThat(events).anyMatch(event -> event.state() == BusinessEvent.State.HANDLED);
  }

  private void theAdministratorGetsIn(RunningPostroom postroom) throws Exception {
    DemoSignIn signIn = DemoSignIn.kept(home).orElseThrow();
    assertThat(Files.getPosixFilePermissions(DemoSignIn.file(home))).hasSize(2);
    var browser = new Browser(postroom.url());
    var page =
        browser.submit(
            "/sign-in",
            "form[action$=/sign-in]",
            Map.of("email", signIn.email(), "password", signIn.password()));
    assertThat(page.path()).isEqualTo("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(browser.open("/company").html().text()).contains("Northwind Mills", "Maria Lund");
    var first = browser.open("/");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.html().text()).contains("Northwind Mills");
  }

  private static Company company(RunningPostroom postroom) {
    return postroom.bean(Access.class).companies().getFirst();
  }

  private static List<StoredDocument> documents(RunningPostroom postroom) {
    return postroom
        .bean(Documents.class)
        .list(company(postroom).id(), DocumentFilter.ALL, 200, null)
        .data();
  }

  private static List<Message> messages(RunningPostroom postroom) {
    return new ArrayList<>(
        postroom
            .bean(Outbox.class)
            .list(Caller.postroom(company(postroom).id()), MessageFilter.ALL, 200, null)
            .data());
  }

  private static long count(RunningPostroom postroom) {
    return eventually(
            () -> messages(postroom),
            all -> all.stream().allMatch(m -> m.state() != MessageState.SENDING))
        .size();
  }
}
