package org.postroom.console.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Approvals;
import org.postroom.outbox.Counts;
import org.postroom.outbox.Forecasts;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.RecipientState;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The outbox: what waits, what went, what did not, and what can be done with many at once. */
@Controller
class OutboxPage {
  private static final int ON_A_PAGE = 50;
  private static final int MOST_AT_ONCE = 200;

  private final Outbox outbox;
  private final Counts counts;
  private final Approvals approvals;
  private final Names names;
  private final Forecasts forecasts;

  OutboxPage(Outbox outbox, Counts counts, Approvals approvals, Names names, Forecasts forecasts) {
    this.counts = counts;
    this.forecasts = forecasts;
    this.outbox = outbox;
    this.approvals = approvals;
    this.names = names;
  }

  /**
   * @param count how many, in words
   * @param urgent where there are some and somebody is to settle them
   */
  record Tab(String title, String path, String count, boolean current, boolean urgent) {}

  /** What became of one of many. */
  record Result(String id, String title, boolean done, String words) {}

  @GetMapping("/outbox")
  String list(Caller caller, @ModelAttribute("query") OutboxQuery query, Model model) {
    ZoneId zone = names.zone(caller.company());
    Slice<Message> messages = outbox.list(caller, query.filter(zone), ON_A_PAGE, cursor(query));
    model.addAttribute("rows", rows(caller, messages.data(), zone));
    model.addAttribute("tabs", tabs(caller, query));
    model.addAttribute("accounts", names.accounts(caller.company()));
    model.addAttribute("states", states(query.chosen()));
    model.addAttribute("next", next(query, messages));
    model.addAttribute("lookedBackTo", lookedBackTo(caller, query, messages));
    boolean cameBack = query.chosen() == OutboxTab.CAME_BACK;
    model.addAttribute("reports", cameBack && caller.may(Right.SEE_ALL_MAIL));
    model.addAttribute("approving", query.chosen() == OutboxTab.APPROVALS);
    return "console/outbox";
  }

  @PostMapping("/outbox/selected")
  String selected(
      Caller caller,
      @RequestParam(required = false) @Nullable List<String> id,
      @RequestParam String action,
      @ModelAttribute("query") OutboxQuery query,
      RedirectAttributes next) {
    List<String> chosen = id == null ? List.of() : id.stream().limit(MOST_AT_ONCE).toList();
    List<Result> results = new ArrayList<>();
    for (String one : chosen) results.add(act(caller, one, action));
    if (results.isEmpty()) next.addFlashAttribute("nothing", true);
    next.addFlashAttribute("results", results);
    return "redirect:" + query.at(query.chosen());
  }

  private Result act(Caller caller, String id, String action) {
    try {
      return switch (action) {
        case "cancel" -> done(id, outbox.cancel(caller, id), "Cancelled.");
        case "approve" -> done(id, approvals.approve(caller, id), "Approved, it goes out.");
        case "reject" -> done(id, approvals.reject(caller, id, ""), "Not approved.");
        default -> done(id, outbox.retry(caller, id), "Will be tried again now.");
      };
    } catch (Problem problem) {
      String title = outbox.find(caller.company(), id).map(Row::title).orElse(id);
      return new Result(id, problem.status() == 404 ? id : title, false, problem.detail());
    }
  }

  private static Result done(String id, Message message, String words) {
    return new Result(id, Row.title(message), true, words);
  }

  private List<Row> rows(Caller caller, List<Message> messages, ZoneId zone) {
    Map<String, String> accounts = names.accounts(caller.company());
    Map<String, String> partners =
        names.partners(
            caller.company(),
            messages.stream().map(Message::partner).filter(Objects::nonNull).toList());
    Instant now = Instant.now();
    Map<String, Instant> expected = forecasts.of(messages);
    return messages.stream()
        .map(message ->
            Row.of(
                    message,
                    Status.of(message, zone, now),
                    message.partner() == null ? null : partners.get(message.partner()),
                    accounts.getOrDefault(message.account(), "An account that is gone"))
                .expected(Expected.words(message, expected.get(message.id()), zone, now)))
        .toList();
  }

  private List<Tab> tabs(Caller caller, OutboxQuery query) {
    Map<MessageState, Long> states = counts.states(caller);
    List<Tab> tabs = new ArrayList<>();
    for (OutboxTab tab : OutboxTab.values()) {
      long count = count(caller, tab, states);
      boolean rare = tab == OutboxTab.APPROVALS || tab == OutboxTab.CAME_BACK;
      boolean unused = rare && count == 0 && tab != query.chosen();
      boolean yours = tab == OutboxTab.NEEDS_YOU || tab == OutboxTab.APPROVALS;
      if (!unused)
        tabs.add(
            new Tab(
                tab.title(),
                query.at(tab),
                Counts.words(count),
                tab == query.chosen(),
                yours && count > 0));
    }
    return tabs;
  }

  private long count(Caller caller, OutboxTab tab, Map<MessageState, Long> states) {
    if (tab.hold() != null) return counts.forApproval(caller);
    return tab.recipient() == null ? tab.count(states) : counts.bounced(caller);
  }

  private static Map<String, String> states(OutboxTab tab) {
    Map<String, String> states = new LinkedHashMap<>();
    states.put("", "Any state");
    for (MessageState state : MessageState.values()) {
      if (tab.states().isEmpty() || tab.states().contains(state))
        states.put(state.word(), words(state));
    }
    if (tab == OutboxTab.ALL || tab == OutboxTab.SENT)
      states.put(RecipientState.BOUNCED.word(), "Came back");
    return states;
  }

  private static String words(MessageState state) {
    return switch (state) {
      case HELD -> "On hold";
      case QUEUED -> "Waiting";
      case SENDING -> "Sending";
      case SENT -> "Sent";
      case DELAYED -> "Trying again";
      case NOT_SENT -> "Not sent";
      case UNCLEAR -> "Unclear";
      case CANCELLED -> "Cancelled";
    };
  }

  /** How far a search came that has not seen everything; null where it has, or filled the page. */
  private @Nullable Instant lookedBackTo(
      Caller caller, OutboxQuery query, Slice<Message> messages) {
    boolean searches = query.q() != null && !query.q().isBlank();
    String last = messages.nextCursor();
    if (!searches || last == null || messages.data().size() == ON_A_PAGE) return null;
    return outbox.find(caller.company(), last).map(Message::createdAt).orElse(null);
  }

  private static @Nullable String next(OutboxQuery query, Slice<Message> messages) {
    return messages.nextCursor() == null ? null : query.next(messages.nextCursor());
  }

  private static @Nullable String cursor(OutboxQuery query) {
    String cursor = query.cursor();
    return cursor == null || !cursor.matches("[a-z0-9_]{1,60}") ? null : cursor;
  }
}
