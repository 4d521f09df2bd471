package org.postroom.reminders.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.Money;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.reminders.LookAhead;
import org.postroom.reminders.Stop;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What all pages of reminders have around them: title, switch, tabs, words. */
@Component
class ReminderTabs {
  private final LookAhead lookAhead;
  private final Access access;

  ReminderTabs(LookAhead lookAhead, Access access) {
    this.lookAhead = lookAhead;
    this.access = access;
  }

  void around(Caller caller, String tab, Model model) {
    boolean on = lookAhead.isOn(caller.company());
    model.addAttribute("on", on);
    model.addAttribute("tab", tab);
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute("words", new Words(access.company(caller.company()).timeZone()));
    Chip chip = on ? new Chip("ok", "tick", "On") : new Chip("off", "dash", "Off");
    model.addAttribute("heading", new Heading("/automatic", "Automatic emails", "Reminders", chip));
  }

  /** Amounts, days and moments for people, asked for by the pages. */
  public static final class Words {
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
        DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);
    private final ZoneId zone;

    Words(ZoneId zone) {
      this.zone = zone;
    }

    public String amount(BigDecimal amount, String currency) {
      return new Money(amount, currency).words();
    }

    public String day(LocalDate day) {
      return DAY.format(day);
    }

    public String moment(Instant moment) {
      return MOMENT.format(moment.atZone(zone));
    }

    public String overdue(long days) {
      if (days == 0) return "due today";
      String count = Math.abs(days) == 1 ? "1 day" : Math.abs(days) + " days";
      return days > 0 ? count + " overdue" : "due in " + count;
    }

    public String count(int count, String one, String many) {
      return count == 1 ? "1 " + one : String.format(Locale.ENGLISH, "%,d %s", count, many);
    }

    public String kind(Stop.Kind kind) {
      return switch (kind) {
        case DISPUTE -> "Disputed";
        case PROMISE -> "Promised to pay";
        case EXCLUDED -> "No reminders";
        case SKIP -> "One step left out";
      };
    }
  }
}
