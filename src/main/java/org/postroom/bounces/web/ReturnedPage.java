package org.postroom.bounces.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.bounces.Bounce;
import org.postroom.bounces.Bounces;
import org.postroom.bounces.Returned.Kind;
import org.postroom.csv.Csv;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Slice;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Everything that came back, also what fits no message. */
@Controller
class ReturnedPage {
  private static final int ON_A_PAGE = 50;
  private static final int AT_ONCE = 200;
  private static final int MOST = 100_000;

  private final Bounces bounces;
  private final Outbox outbox;
  private final Access access;

  ReturnedPage(Bounces bounces, Outbox outbox, Access access) {
    this.bounces = bounces;
    this.outbox = outbox;
    this.access = access;
  }

  /** One line: the report, the message it is about, and what it did. */
  record Line(Bounce bounce, Chip chip, @Nullable String message) {}

  @GetMapping("/returned")
  String list(Caller caller, @ModelAttribute("query") ReturnedQuery query, Model model) {
    ZoneId zone = access.company(caller.company()).timeZone();
    Slice<Bounce> slice =
        bounces.list(caller, query.filter(zone), ON_A_PAGE, query.checkedCursor());
    model.addAttribute("heading", new Heading("/outbox", "Outbox", "Returned mail", null));
    model.addAttribute("lines", slice.data().stream().map(one -> line(one)).toList());
    model.addAttribute("kinds", kinds());
    model.addAttribute("next", slice.nextCursor() == null ? null : query.next(slice.nextCursor()));
    return "bounces/returned";
  }

  @GetMapping("/returned.csv")
  void csv(Caller caller, @ModelAttribute ReturnedQuery query, HttpServletResponse response)
      throws IOException {
    ZoneId zone = access.company(caller.company()).timeZone();
    Slice<Bounce> slice = bounces.list(caller, query.filter(zone), AT_ONCE, null);
    response.setContentType("text/csv; charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"returned.csv\"");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    Writer out = response.getWriter();
    out.write("id,at,kind,address,reason,detail,hard,status,reply,message,outcome,source\r\n");
    for (int written = 0; written < MOST; written += AT_ONCE) {
      for (Bounce bounce : slice.data()) out.write(Csv.line(cells(bounce)));
      if (slice.nextCursor() == null) return;
      slice = bounces.list(caller, query.filter(zone), AT_ONCE, slice.nextCursor());
    }
  }

  private Line line(Bounce bounce) {
    String message =
        bounce.message() == null
            ? null
            : outbox.find(bounce.company(), bounce.message()).map(ReturnedPage::title).orElse(null);
    return new Line(bounce, chip(bounce), message);
  }

  private static String title(Message message) {
    Message.DocumentRef document = message.document();
    if (document != null) {
      String kind = document.kind().replace('_', ' ');
      return Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + " " + document.number();
    }
    return message.subject().isBlank() ? "(no subject)" : message.subject();
  }

  private static Chip chip(Bounce bounce) {
    return switch (bounce.outcome()) {
      case BOUNCED -> new Chip("fail", "bounce", "Bounced");
      case DELIVERED -> new Chip("ok", "tick", "Delivered");
      case COMPLAINED -> new Chip("fail", "warning", "Called unwanted");
      case NOTED -> new Chip("info", "info", noted(bounce.kind()));
      case NOTHING_NEW -> new Chip("off", "dash", "Known already");
      case NOT_A_RECIPIENT -> new Chip("off", "question", "Somebody else");
      case NOT_MATCHED -> new Chip("off", "question", "Not matched");
    };
  }

  private static String noted(Kind kind) {
    return switch (kind) {
      case DELAYED -> "Still on its way";
      case AUTOMATIC_REPLY -> "A machine answered";
      default -> "Noted";
    };
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("", "Any kind");
    kinds.put("bounce", "Bounces");
    kinds.put("complaint", "Complaints");
    kinds.put("delayed", "Delays");
    kinds.put("delivered", "Delivery reports");
    kinds.put("automatic_reply", "Automatic replies");
    return kinds;
  }

  private static Stream<String> cells(Bounce bounce) {
    Instant at = bounce.at();
    return Stream.of(
            bounce.id(),
            at.toString(),
            bounce.kind().name().toLowerCase(Locale.ROOT),
            bounce.address(),
            bounce.reason().name().toLowerCase(Locale.ROOT),
            bounce.reason().sentence(),
            bounce.hard() ? "yes" : "no",
            bounce.status(),
            bounce.diagnostic(),
            bounce.message(),
            bounce.outcome().word(),
            bounce.source().word())
        .map(cell -> Objects.requireNonNullElse(cell, ""));
  }
}
