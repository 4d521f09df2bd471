package org.postroom.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postroom.testkit.ApiDescription.Example;
import org.postroom.testkit.ApiDescription.Operation;

/**
 * Two companies in one installation: whatever address or operation there is, with a key or a
 * session, the one neither sees nor changes anything of the other's. Addresses come from the
 * mappings of the running product, requests from what the first company's own people see on their
 * pages and from the API's description, so that what is new is held to it by itself.
 */
@TestMethodOrder(OrderAnnotation.class)
class TenantIsolationTests {
  /** What stands in the address is a word of the product or an unguessable token, and no row. */
  private static final String NO_ROW =
      "(GET|POST) /(findings|problems|automatic|recipient-orders)/\\{[^/]*}(/[a-z-]+(\\.csv)?)?"
          + "|(GET|HEAD|POST) /(pay|approve|hooks|files)(/.*)?"
          + "|(GET|POST) /.*\\{secret}.*"
          // the row stands in the form or in the query
          + "|POST /accounts/\\{id}/mailbox|GET /reminders/preview/attachments/.*";

  private static final Map<Form, Integer> REPLIES = new LinkedHashMap<>();
  private static TwoCompanies two;

  @BeforeAll
  static void start() {
    two = TwoCompanies.start();
  }

  @AfterAll
  static void stop() {
    if (two != null) two.close();
  }

  /** Otherwise the other tests would ask for things that are not there anyway. */
  @Test
  @Order(1)
  void theFirstsOwnPeopleSeeAlmostEveryPage() {
    assertThat(two.broken()).as("links of pages that lead nowhere").isEmpty();
    List<String> rows =
        two.pages().keySet().stream().filter(TenantIsolationTests::isOfARow).toList();
    List<String> notSeen = two.notSeen().stream().filter(TenantIsolationTests::isOfARow).toList();
    assertThat(rows).hasSizeGreaterThan(50);
    assertThat(notSeen)
        .as("pages for which something must be there at the first company")
        .hasSizeLessThan(rows.size() / 15);
  }

  @Test
  @Order(2)
  void noPageShowsAnythingOfTheOther() {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> before = two.firstsRows();
    two.pages()
        .forEach((mapping, addresses) ->
            addresses.forEach(address -> {
              HttpResponse<String> reply = two.stranger().get(address);
              if (mapping.equals("GET /metrics")) return; // this machine's, for this machine
              two.told(address, reply)
                  .ifPresent(mark -> wrong.add(mapping + " " + address + " tells " + mark));
              if (isOfARow(mapping) && reply.statusCode() != 404 || reply.statusCode() >= 500)
                wrong.add(mapping + " " + address + " → " + reply.statusCode());
            }));
    assertThat(wrong).isEmpty();
    assertThat(Rows.differences(before, two.firstsRows())).isEmpty();
  }

  @Test
  @Order(3)
  void noFormChangesAnythingOfTheOther() {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> before = two.firstsRows();
    two.forms()
        .forEach((mapping, forms) ->
            forms.forEach(form -> {
              HttpResponse<String> reply = two.stranger().send(form);
              REPLIES.put(form, reply.statusCode());
              if (reply.statusCode() >= 500 || reply.statusCode() == 403)
                wrong.add(mapping + " " + form + " → " + reply.statusCode());
              two.told(form.action() + form.encoded(), reply)
                  .ifPresent(mark -> wrong.add(mapping + " " + form + " tells " + mark));
            }));
    assertThat(wrong).isEmpty();
    assertThat(Rows.differences(before, two.firstsRows())).isEmpty();
    assertThat(two.firstsNamesAtTheSecond()).isEmpty();
  }

  @Test
  @Order(4)
  void noOperationTellsOrChangesAnythingOfTheOther() {
    Map<String, Operation> requests = new LinkedHashMap<>();
    for (Operation each : readingFirst())
      requests.put(each.method() + " " + two.world().path(each), each);
    two.settle();
    Map<String, List<String>> before = two.firstsRows();
    List<String> wrong = new ArrayList<>();
    requests.forEach((request, operation) -> {
      HttpResponse<String> reply = ask(two.strangersProgram(), request, operation);
      two.told(request, reply).ifPresent(mark -> wrong.add(request + " tells " + mark));
      boolean named =
          operation.names("id")
              || operation.names("address")
              || operation.names("ref")
              || operation.names("number");
      boolean makesOnesOwn =
          operation.method().equals("PUT") && !operation.names("id") && !operation.names("file");
      if (named
          && !makesOnesOwn
          && reply.statusCode() != 404
          && !operation.path().startsWith("/partners/{ref}/")
          && !operation.path().startsWith("/documents/"))
        wrong.add(operation + " " + request + " → " + reply.statusCode() + " " + reply.body());
      if (ask(two.stranger(), request, operation).statusCode() != (isOpen(operation) ? 200 : 401))
        wrong.add(request + " is there for a session");
    });
    assertThat(wrong).isEmpty();
    assertThat(Rows.differences(before, two.firstsRows())).isEmpty();
    assertThat(two.firstsNamesAtTheSecond()).isEmpty();
  }

  @Test
  @Order(5)
  void aKeyOpensNoPage() {
    List<String> open = new ArrayList<>();
    Set<String> everybodys =
        Set.of("/sign-in", "/forgot-password", "/healthz", "/readyz", "/developers", "/metrics");
    two.pages()
        .forEach((mapping, addresses) -> {
          String address = addresses.getFirst();
          int status = two.strangersProgram().get(address).statusCode();
          boolean everybodysPage = mapping.matches(NO_ROW) && !mapping.contains("automatic");
          if (status != 302 && status != 404 && !everybodysPage && !everybodys.contains(address))
            open.add(address + " → " + status);
        });
    assertThat(open).isEmpty();
    assertThat(two.strangersProgram().elsewhere("/metrics").statusCode())
        .as("numbers of all companies, asked for from another machine")
        .isEqualTo(403);
  }

  @Test
  @Order(6)
  void whatIsTheOthersCannotBeChosenInOnesOwnForms() {
    Map<String, List<String>> before = two.firstsRows();
    List<String> wrong = new ArrayList<>();
    int crossed = 0;
    for (var forms : two.strangersForms().values())
      for (Form own : forms) {
        Form form = own.withValues(two::crossed);
        if (form.equals(own)) continue;
        crossed++;
        HttpResponse<String> reply = two.stranger().send(form);
        two.told(form.action() + form.encoded(), reply)
            .ifPresent(mark -> wrong.add(form + " tells " + mark));
        if (reply.statusCode() >= 500) wrong.add(form + " → " + reply.statusCode());
      }
    assertThat(wrong).isEmpty();
    assertThat(crossed).as("forms that name something").isGreaterThan(6);
    assertThat(two.firstsNamesAtTheSecond()).isEmpty();
    assertThat(Rows.differences(before, two.firstsRows())).isEmpty();
  }

  /** Every property of a body that may name something names the other's: any kind of thing. */
  @Test
  @Order(7)
  void whatIsTheOthersCannotBeNamedInOnesOwnRequests() {
    Map<String, List<String>> before = two.firstsRows();
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Operation operation : two.api().operations()) {
      Example example = two.api().example(operation);
      if (example == null || !example.value().isObject() || operation.names("id")) continue;
      for (String body : new Naming(two).bodies(operation, example)) {
        asked++;
        HttpResponse<String> reply =
            two.strangersProgram()
                .send(operation.method(), two.world().path(operation), example.type(), body);
        two.told(body, reply).ifPresent(mark -> wrong.add(operation + " tells " + mark));
        if (reply.statusCode() >= 500)
          wrong.add(operation + " " + body + " → " + reply.statusCode());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(30);
    assertThat(two.firstsNamesAtTheSecond()).isEmpty();
    assertThat(Rows.differences(before, two.firstsRows())).isEmpty();
  }

  /** Any field of any form, by somebody who may do it: refused or taken, never an error of ours. */
  @Test
  @Order(8)
  void noFormBreaksWhateverIsTyped() {
    long seed = Long.getLong("postroom.seed", 20261122L);
    var random = new Random(seed);
    List<String> wrong = new ArrayList<>();
    for (var each : two.strangersForms().entrySet())
      for (Form form : each.getValue()) {
        if (form.fields().isEmpty()) continue;
        for (int i = 0; i < 3; i++) {
          Form odd = form.withOdd(random);
          HttpResponse<String> reply = two.stranger().send(odd);
          if (reply.statusCode() >= 500) wrong.add(odd + " → " + reply.statusCode());
        }
      }
    assertThat(wrong).as("seed " + seed).isEmpty();
  }

  /**
   * Last, for it changes everything: what does something for its owner, the stranger did not find.
   */
  @Test
  @Order(9)
  void theSameFormsWorkForTheirOwner() {
    List<String> wrong = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    two.forms().entrySet().stream()
        .sorted(Comparator.comparing(each -> endsSessions(each.getKey())))
        .forEach(each -> {
          String mapping = each.getKey();
          boolean done = false;
          for (Form form : each.getValue()) {
            int owners = two.owner().send(form).statusCode();
            int strangers = REPLIES.get(form);
            done |= owners < 400;
            boolean wrongForBoth = owners == strangers && owners >= 400;
            boolean notFound = strangers == 404 || wrongForBoth;
            if (owners >= 500 || isOfARow(mapping) && !notFound)
              wrong.add(mapping + " " + form + " → " + strangers + ", to its owner " + owners);
          }
          if (!done && isOfARow(mapping)) idle.add(mapping);
        });
    long rows = two.forms().keySet().stream().filter(TenantIsolationTests::isOfARow).count();
    assertThat(wrong).isEmpty();
    assertThat(idle)
        .as("forms that did nothing for their owner either")
        .hasSizeLessThan((int) rows / 3);
  }

  /** After some of these nobody is signed in any more, so they come at the very end. */
  private static boolean endsSessions(String mapping) {
    return mapping.matches("POST /(me|people)(/.*)?");
  }

  private static HttpResponse<String> ask(Visitor visitor, String request, Operation operation) {
    Example example = two.api().example(operation);
    int space = request.indexOf(' ');
    return visitor.send(
        request.substring(0, space),
        request.substring(space + 1),
        example == null ? null : example.type(),
        example == null ? "" : example.text());
  }

  /** Before the stranger has made anything of the same names. */
  private static List<Operation> readingFirst() {
    return two.api().operations().stream()
        .sorted(Comparator.comparing(operation -> !operation.method().equals("GET")))
        .toList();
  }

  private static boolean isOpen(Operation operation) {
    return operation.node().has("security") && operation.node().at("/security").isEmpty();
  }

  private static boolean isOfARow(String mapping) {
    return mapping.contains("{") && !mapping.matches(NO_ROW);
  }
}
