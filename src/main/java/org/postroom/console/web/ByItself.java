package org.postroom.console.web;

import java.util.ArrayList;
import java.util.List;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.console.RecurringWork;
import org.postroom.console.RunByItself;
import org.postroom.console.web.NeedsYou.Item;
import org.postroom.reminders.Reminders;
import org.postroom.reminders.Reminders.Silence;
import org.postroom.statements.MonthlyStatements;
import org.postroom.statements.StatementRun;
import org.springframework.stereotype.Component;

/** What runs by itself and now needs somebody. */
@Component
class ByItself {
  private final Automations automations;
  private final Reminders reminders;
  private final MonthlyStatements statements;
  private final RecurringWork work;

  ByItself(
      Automations automations,
      Reminders reminders,
      MonthlyStatements statements,
      RecurringWork work) {
    this.automations = automations;
    this.reminders = reminders;
    this.statements = statements;
    this.work = work;
  }

  List<Item> of(Caller caller) {
    List<Item> items = new ArrayList<>();
    if (isOn(caller, Automation.OVERDUE_REMINDER) || isOn(caller, Automation.MONTHLY_STATEMENT))
      reminders
          .silence(caller.company())
          .filter(silence -> !silence.pauses())
          .ifPresent(silence -> items.add(silent(silence)));
    if (caller.may(Right.SEND)) statements.waiting(caller).ifPresent(run -> items.add(ready(run)));
    if (caller.may(Right.MANAGE_PEOPLE))
      work.failing().forEach(failing -> items.add(failing(failing)));
    return items;
  }

  private boolean isOn(Caller caller, Automation automation) {
    return automations.setting(caller.company(), automation).enabled();
  }

  /** Where reminders pause because of it, every page says so. */
  private static Item silent(Silence silence) {
    return new Item(
        "warn",
        "warning",
        "The ERP last told us about payments " + silence.days() + " days ago",
        "Reminders and statements may ask for what was paid meanwhile.",
        "/reminders",
        "Show");
  }

  private static Item ready(StatementRun run) {
    long waiting = run.counts().waiting();
    return new Item(
        "warn",
        "clock",
        "This month's statements are ready: " + waiting + " to send",
        "They wait until somebody starts them.",
        "/statements/runs/" + run.id(),
        "Look and start");
  }

  private static Item failing(RunByItself failing) {
    return new Item(
        "fail",
        "cross",
        "“" + failing.name() + "” failed " + failing.failures() + " times in a row",
        "It is tried again by itself. What was said stands with it.",
        "/system/work",
        "Show");
  }
}
