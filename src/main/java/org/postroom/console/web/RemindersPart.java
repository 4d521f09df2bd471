package org.postroom.console.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.partners.Partner;
import org.postroom.reminders.LookAhead;
import org.postroom.reminders.LookAhead.Outlook;
import org.postroom.reminders.Reminded;
import org.postroom.reminders.Reminders;
import org.postroom.reminders.Stop;
import org.postroom.reminders.Stops;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What an invoice's page and a customer's say about reminders. */
@Component
class RemindersPart {
  private static final int LATEST = 10;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

  private final Reminders reminders;
  private final LookAhead lookAhead;
  private final Stops stops;
  private final Access access;

  RemindersPart(Reminders reminders, LookAhead lookAhead, Stops stops, Access access) {
    this.reminders = reminders;
    this.lookAhead = lookAhead;
    this.stops = stops;
    this.access = access;
  }

  /**
   * @param next what comes, in a sentence; null on a customer's page
   * @param invoice null on a customer's page
   */
  public record Part(
      @Nullable String next,
      List<Reminded> past,
      List<Stop> stops,
      String partner,
      @Nullable String invoice,
      String back,
      boolean mayStop) {

    public String day(LocalDate day) {
      return DAY.format(day);
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

  /** On invoices of a customer. */
  void onInvoice(Caller caller, Document document, String place, Model model) {
    String partner = document.partner();
    if (document.kind() != DocumentKind.INVOICE || partner == null) return;
    String company = caller.company();
    String number = document.number();
    List<Stop> held =
        stops.of(company, partner).stream()
            .filter(stop -> stop.invoice() == null || stop.invoice().equals(number))
            .toList();
    var filter = new Reminded.Filter(null, number, null);
    model.addAttribute(
        "reminders",
        new Part(
            next(company, lookAhead.of(company, partner, number)),
            reminders.history(company, filter, LATEST, null).data(),
            held,
            partner,
            number,
            place,
            caller.may(Right.SEND)));
  }

  void onPartner(Caller caller, Partner partner, String place, Model model) {
    if (partner.type() != Partner.Type.CUSTOMER) return;
    var filter = new Reminded.Filter(partner.ref(), null, null);
    model.addAttribute(
        "reminders",
        new Part(
            null,
            reminders.history(caller.company(), filter, LATEST, null).data(),
            stops.of(caller.company(), partner.ref()),
            partner.ref(),
            null,
            place,
            caller.may(Right.SEND)));
  }

  private String next(String company, Outlook outlook) {
    if (outlook.held()) return "No reminder is to come, because of this:";
    if (outlook.when() == null) return "No reminder is to come. " + outlook.reason();
    ZoneId zone = access.company(company).timeZone();
    String when = MOMENT.format(outlook.when().atZone(zone));
    String off = lookAhead.isOn(company) ? "" : ", once reminders are switched on";
    return "Next reminder: " + when + " (step " + outlook.step() + ")" + off + ".";
  }
}
