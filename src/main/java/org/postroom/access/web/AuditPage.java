package org.postroom.access.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.http.Slice;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who changed what, when, from what to what. */
@Controller
class AuditPage {
  private static final int SHOWN = 50;
  private final Audit audit;
  private final Access access;

  AuditPage(Audit audit, Access access) {
    this.audit = audit;
    this.access = access;
  }

  /** What was chosen; days are the company's. */
  record Form(String who, String what, String subject, String from, String to) {}

  @GetMapping("/audit")
  String list(
      Caller caller,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String what,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    var form = new Form(who, what, subject, from, to);
    Slice<Audit.Entry> entries = audit.list(caller, filter(caller, form), SHOWN, cursor);
    model.addAttribute("changes", entries.map(Change::of).data());
    model.addAttribute("next", entries.hasMore() ? next(form, entries.nextCursor()) : null);
    model.addAttribute("later", cursor != null && !cursor.isEmpty());
    model.addAttribute("form", form);
    model.addAttribute("people", people(caller));
    model.addAttribute("sorts", sorts(caller));
    model.addAttribute("narrowed", !form.equals(new Form("", "", "", "", "")));
    return "access/audit";
  }

  private Audit.Filter filter(Caller caller, Form form) {
    ZoneId zone = access.company(caller.company()).timeZone();
    return new Audit.Filter(
        orNull(form.who()),
        orNull(form.what()),
        orNull(form.subject().strip()),
        start(form.from(), zone, 0),
        start(form.to(), zone, 1));
  }

  private Map<String, String> people(Caller caller) {
    Map<String, String> people = new LinkedHashMap<>();
    people.put("", "Anybody");
    access.people(caller.company()).forEach(each -> people.put(each.id(), each.name()));
    people.put("postroom", "Postroom itself");
    return people;
  }

  private Map<String, String> sorts(Caller caller) {
    Map<String, String> sorts = new LinkedHashMap<>();
    sorts.put("", "Anything");
    audit.sorts(caller).forEach(sort -> sorts.put(sort, Change.words(sort)));
    return sorts;
  }

  private static String next(Form form, @Nullable String cursor) {
    return UriComponentsBuilder.fromPath("/audit")
        .queryParam("who", form.who())
        .queryParam("what", form.what())
        .queryParam("subject", form.subject())
        .queryParam("from", form.from())
        .queryParam("to", form.to())
        .queryParam("cursor", cursor)
        .encode()
        .toUriString();
  }

  /** A day that is none narrows nothing down. */
  private static @Nullable Instant start(String day, ZoneId zone, int plusDays) {
    try {
      LocalDate date = LocalDate.parse(day);
      if (date.getYear() < 1970 || date.getYear() > 9999) return null;
      return date.plusDays(plusDays).atStartOfDay(zone).toInstant();
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
