package org.postroom.isolation;

import static org.postroom.testkit.Eventually.eventually;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postroom.access.Access;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.NewPerson;
import org.postroom.access.Scope;
import org.postroom.db.Database;
import org.postroom.isolation.Mappings.Mapping;
import org.postroom.testkit.ApiDescription;
import org.postroom.testkit.ApiDescription.Operation;
import org.postroom.testkit.ApiWorld;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.json.JsonMapper;

/**
 * A first company that has something of everything, under a name that nobody else has, and a second
 * one of a stranger with every right in it.
 */
final class TwoCompanies implements AutoCloseable {
  static final String MARK = "Kaltenbach";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECOND = "co_globex";
  private static final String STRANGER = "hank@globex.example";

  /** Shows something only to whoever sets up, or with more said. */
  private static final Set<String> EMPTY =
      Set.of(
          "GET /setup",
          "GET /pay",
          "GET /pay/**",
          "GET /approve",
          "GET /approve/**",
          "GET /company/logo",
          "GET /company/new",
          "GET /sign-in/openid",
          "GET /reminders/preview",
          "GET /reminders/preview/mail",
          "GET /templates/preview/mail");

  /** Would take away what others look at, or leave mail that is tried again and again. */
  private static final Set<String> NOT_DONE = Set.of("emptyLocalMailbox", "releaseLocalMessage");

  /** Pages of single rows, each of which may offer other forms. */
  private static final Map<String, String> ROWS =
      Map.of(
          "msg", "/messages/",
          "acc", "/accounts/",
          "run", "/statements/runs/",
          "pay", "/payments/",
          "lml", "/caught/");

  /** What has to be done before its pages are there. */
  private static final List<String> STEPS = List.of("POST /send/bulk", "POST /imports/partners");

  private final RunningPostroom postroom;
  private final ApiDescription api;
  private final ApiWorld world;
  private final String first;
  private final Rows rows;
  private final Visitor owner;
  private final Visitor stranger;
  private final Visitor strangersProgram;
  private final Mappings mappings;
  private final Map<String, List<String>> pages = new LinkedHashMap<>();
  private final Map<String, List<Form>> forms = new LinkedHashMap<>();
  private final List<String> broken;
  private final List<String> notSeen = new ArrayList<>();
  private final Set<String> marks = new TreeSet<>();

  static TwoCompanies start() {
    var postroom =
        RunningPostroom.start(
            Map.of("POSTROOM_PUBLIC_URL", "http://127.0.0.1", "POSTROOM_COMPANY", MARK + " Mill"));
    try {
      return new TwoCompanies(postroom);
    } catch (RuntimeException | Error failure) {
      postroom.close();
      throw failure;
    }
  }

  private TwoCompanies(RunningPostroom postroom) {
    this.postroom = postroom;
    String description = postroom.get("/api/v1/openapi.json").body();
    api = new ApiDescription(JSON.readTree(description));
    var marked = new ApiDescription(JSON.readTree(description.replace("Contoso", MARK)));
    world = new ApiWorld(postroom, marked);
    first = postroom.bean(Access.class).companies().getFirst().id();
    rows = new Rows(postroom.bean(Database.class));
    mappings = new Mappings(postroom);
    fill(marked);
    postroom
        .bean(Access.class)
        .createCompany(
            Company.named(SECOND, "Globex"),
            NewPerson.of("Hank", STRANGER, RunningPostroom.PASSWORD));
    String key =
        postroom
            .bean(ApiKeys.class)
            .create(
                Caller.postroom(SECOND),
                new ApiKeys.Wish("Globex ERP", false, Scope.codes(), List.of()))
            .text();
    strangersProgram = Visitor.withKey(postroom.url(), key);
    owner = Visitor.signedIn(postroom.url(), RunningPostroom.ADMIN, RunningPostroom.PASSWORD);
    stranger = Visitor.signedIn(postroom.url(), STRANGER, RunningPostroom.PASSWORD);
    broken = walk();
    settle();
    marks.add(MARK);
    Rows.ids(firstsRows()).values().forEach(marks::addAll);
    marks.removeIf(id -> id.startsWith("node_")); // this machine, which serves both
  }

  Mappings mappings() {
    return mappings;
  }

  RunningPostroom postroom() {
    return postroom;
  }

  /** As it stands, without the first company's name in its examples. */
  ApiDescription api() {
    return api;
  }

  ApiWorld world() {
    return world;
  }

  Visitor owner() {
    return owner;
  }

  Visitor stranger() {
    return stranger;
  }

  /** A program with a key of the stranger's company that may everything there. */
  Visitor strangersProgram() {
    return strangersProgram;
  }

  /** Addresses of the first company's pages by mapping. */
  Map<String, List<String>> pages() {
    return pages;
  }

  /** Forms as the first company's pages offer them, by the mapping they go to. */
  Map<String, List<Form>> forms() {
    return forms;
  }

  /** Links that lead nowhere. */
  List<String> broken() {
    return broken;
  }

  /** Pages that even the owner was not shown: nothing known leads there. */
  List<String> notSeen() {
    return notSeen;
  }

  Map<String, List<String>> firstsRows() {
    var all = rows.of(first);
    all.remove("sessions"); // when somebody was last seen
    // A look for notices comes by within the minute and leaves its mark.
    all.computeIfPresent(
        "account_events",
        (table, events) ->
            events.stream().map(row -> row.replaceFirst("notice=[^|]*", "")).toList());
    // What happened is written out and told to endpoints by itself, again and again.
    all.keySet().removeIf(table -> table.startsWith("webhook_") || table.startsWith("happening"));
    return all;
  }

  /** Rows of the second company that name something of the first. */
  List<String> firstsNamesAtTheSecond() {
    List<String> wrong = new ArrayList<>();
    var all = rows.of(SECOND);
    all.remove("sessions"); // addresses that were asked for, with what was said about them
    all.remove("message_drafts"); // what was typed, as it was typed, until it is sent
    all.forEach((table, own) ->
        own.forEach(row -> {
          for (String mark : marks)
            if (row.contains(mark)) wrong.add(table + " names " + mark + ": " + row);
        }));
    return wrong;
  }

  /** The first company's id in place of one of the second's, of the same kind; else as it was. */
  String crossed(String text) {
    return Rows.ID.matcher(text).replaceAll(found -> firsts(found.group()));
  }

  /** One of the first company's things of a kind, such as {@code acc}. */
  String one(String kind) {
    return marks.stream().filter(mark -> mark.startsWith(kind + "_")).findFirst().orElseThrow();
  }

  private String firsts(String id) {
    String kind = id.substring(0, id.indexOf('_') + 1);
    return marks.stream().filter(mark -> mark.startsWith(kind)).findFirst().orElse(id);
  }

  /** What the stranger's own pages offer. */
  Map<String, List<Form>> strangersForms() {
    return new Tour(stranger, mappings).walk(addresses(SECOND)).forms();
  }

  /** What of the first company's a reply tells that was not in the request. */
  Optional<String> told(String request, HttpResponse<String> reply) {
    String all = reply.headers().map() + reply.body();
    return marks.stream().filter(mark -> all.contains(mark) && !request.contains(mark)).findFirst();
  }

  /** Every operation once, with what its examples say. */
  private void fill(ApiDescription marked) {
    for (Operation operation : marked.operations())
      if (!NOT_DONE.contains(operation.id()))
        world.send(world.request(operation, marked.example(operation), postroom.key()));
  }

  /** A person of the first company walks about, does what leads to further pages, and walks on. */
  private List<String> walk() {
    var tour = new Tour(owner, mappings).walk(addresses(first));
    List<String> further = new ArrayList<>();
    for (String step : STEPS)
      for (Form form : tour.forms().getOrDefault(step, List.of()))
        owner.send(form).headers().firstValue("Location").ifPresent(further::add);
    tour.walk(further);
    pages.putAll(tour.pages());
    forms.putAll(tour.forms());
    probe(new Probes(mappings, tour, Rows.ids(rows.of(first))));
    // The audit trail names what was deleted; an event, a document that nobody ever handed in.
    List<String> gone = List.of("GET /accounts/{id} ", "GET /templates/{id:", "/quote/Q-1");
    return tour.broken().stream().filter(each -> gone.stream().noneMatch(each::contains)).toList();
  }

  private List<String> addresses(String company) {
    List<String> from = new ArrayList<>();
    for (Mapping each : mappings.all())
      if (each.method().equals("GET")
          && !each.isApi()
          && !each.isOfOne()
          && !EMPTY.contains(each.toString())) from.add(each.pattern().getPatternString());
    var ids = Rows.ids(rows.of(company));
    ROWS.forEach(
        (kind, page) -> ids.getOrDefault(kind, Set.of()).forEach(id -> from.add(page + id)));
    return from;
  }

  /** Addresses and forms that no page led to. */
  private void probe(Probes probes) {
    for (Mapping each : mappings.all()) {
      if (each.isApi()) continue;
      if (each.method().equals("GET") && each.isOfOne() && !pages.containsKey(each.toString())) {
        List<String> made = probes.addresses(each);
        List<String> there =
            made.stream().filter(address -> owner.get(address).statusCode() < 400).toList();
        if (there.isEmpty()) notSeen.add(each.toString());
        pages.put(each.toString(), there.isEmpty() ? made : there);
      }
      if (each.method().equals("POST"))
        forms.computeIfAbsent(each.toString(), key -> probes.forms(each));
    }
  }

  /** Until nothing moves any more at the first company. */
  void settle() {
    var last =
        new Object() {
          Map<String, List<String>> rows = Map.of();
        };
    eventually(
        () -> {
          var now = firstsRows();
          boolean same = now.equals(last.rows);
          last.rows = now;
          return same;
        },
        same -> same);
  }

  @Override
  public void close() {
    postroom.close();
  }
}
