package org.postroom.console.web;

import java.util.List;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Accounts;
import org.postroom.outbox.DayCount;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: what needs somebody, how today went, how the accounts are. */
@Controller
class Dashboard {
  private static final int LATEST = 8;
  private static final int LATELY = 7;
  private static final int LONG = 30;
  private final Outbox outbox;
  private final Accounts accounts;
  private final NeedsYou needsYou;
  private final FirstSteps firstSteps;
  private final Today today;

  Dashboard(
      Outbox outbox, Accounts accounts, NeedsYou needsYou, FirstSteps firstSteps, Today today) {
    this.outbox = outbox;
    this.accounts = accounts;
    this.needsYou = needsYou;
    this.firstSteps = firstSteps;
    this.today = today;
  }

  @GetMapping("/")
  String show(Caller caller, @RequestParam(defaultValue = "7") String days, Model model) {
    int shown = days.equals("30") ? LONG : LATELY;
    List<DayCount> counts = today.days(caller, shown);
    List<DayCount> lately = counts.subList(counts.size() - LATELY, counts.size());
    model.addAttribute("needs", needsYou.of(caller, lately));
    model.addAttribute("steps", firstSteps.of(caller));
    model.addAttribute("days", shown);
    model.addAttribute("chart", Chart.of(counts));
    model.addAttribute("tiles", Chart.of(counts.subList(counts.size() - 1, counts.size())));
    model.addAttribute("waiting", waiting(outbox.counts(caller)));
    model.addAttribute("all", caller.may(Right.SEE_ALL_MAIL));
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute(
        "accounts",
        accounts.list(caller.company(), true).stream()
            .filter(account -> accounts.maySendFrom(caller, account))
            .toList());
    model.addAttribute("messages", outbox.list(caller, MessageFilter.ALL, LATEST, null).data());
    return "console/dashboard";
  }

  private static long waiting(Map<MessageState, Long> now) {
    return List.of(
            MessageState.QUEUED, MessageState.SENDING, MessageState.DELAYED, MessageState.HELD)
        .stream()
        .mapToLong(state -> now.getOrDefault(state, 0L))
        .sum();
  }
}
