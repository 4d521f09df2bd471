package org.postroom.console.web;

import java.util.List;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Accounts;
import org.postroom.outbox.DayCount;
import org.postroom.outbox.MessageFilter;
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
  private final Accounts accounts;
  private final NeedsYou needsYou;
  private final FirstSteps firstSteps;
  private final Today today;
  private final Mails mails;

  Dashboard(Accounts accounts, NeedsYou needsYou, FirstSteps firstSteps, Today today, Mails mails) {
    this.accounts = accounts;
    this.needsYou = needsYou;
    this.firstSteps = firstSteps;
    this.today = today;
    this.mails = mails;
  }

  @GetMapping("/")
  String show(Caller caller, @RequestParam(defaultValue = "7") String days, Model model) {
    int shown = days.equals("30") ? LONG : LATELY;
    List<DayCount> counts = today.days(caller, shown);
    List<DayCount> lately = counts.subList(counts.size() - LATELY, counts.size());
    model.addAttribute("needs", needsYou.of(caller, lately, today.cameBack(caller, LATELY)));
    model.addAttribute("steps", firstSteps.of(caller));
    model.addAttribute("days", shown);
    model.addAttribute("chart", Chart.of(counts));
    model.addAttribute("tiles", Chart.of(counts.subList(counts.size() - 1, counts.size())));
    model.addAttribute("waiting", today.waiting(caller));
    model.addAttribute("all", caller.may(Right.SEE_ALL_MAIL));
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute(
        "accounts",
        accounts.list(caller.company(), true).stream()
            .filter(account -> accounts.maySendFrom(caller, account))
            .toList());
    model.addAttribute("messages", mails.latest(caller, MessageFilter.ALL, LATEST));
    return "console/dashboard";
  }
}
