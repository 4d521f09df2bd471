package org.postroom.notifications.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Chip;
import org.postroom.http.Slice;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.postroom.notifications.Notifications.Seen;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What the company's people are told, newest first; each person has read some of it. */
@Controller
class NotificationsPage {
  private static final int SHOWN = 50;
  private final Notifications notifications;

  NotificationsPage(Notifications notifications) {
    this.notifications = notifications;
  }

  /** One row: where it leads, and its kind in colour, icon and words. */
  record Line(Notification told, boolean read, Chip chip, @Nullable String document) {}

  @GetMapping("/notifications")
  String list(Caller caller, @RequestParam(required = false) @Nullable String cursor, Model model) {
    Slice<Seen> told = notifications.list(caller, SHOWN, cursor);
    model.addAttribute("lines", told.data().stream().map(NotificationsPage::line).toList());
    model.addAttribute("next", told.nextCursor());
    model.addAttribute("older", cursor != null && !cursor.isEmpty());
    model.addAttribute("unread", notifications.unread(caller.company(), caller.id()));
    return "notifications/list";
  }

  /** Leads to what it is about; opened is read. */
  @GetMapping("/notifications/{id}")
  String open(Caller caller, @PathVariable String id) {
    Notification told = notifications.get(caller.company(), id);
    notifications.markRead(caller, id);
    String path = target(told);
    return "redirect:" + (path == null ? "/notifications" : path);
  }

  @PostMapping("/notifications/{id}/read")
  String read(Caller caller, @PathVariable String id) {
    notifications.markRead(caller, id);
    return "redirect:/notifications";
  }

  @PostMapping("/notifications/read")
  String readAll(Caller caller, @RequestParam String newest) {
    notifications.markReadUpTo(caller, newest);
    return "redirect:/notifications";
  }

  private static Line line(Seen seen) {
    Notification told = seen.notification();
    String kind = told.documentKind();
    String document =
        kind == null ? null : capital(kind.replace('_', ' ')) + " " + told.documentNumber();
    return new Line(told, seen.read(), chip(told.kind()), document);
  }

  private static @Nullable String target(Notification told) {
    if (told.link() != null) return told.link();
    if (told.documentKind() == null || told.documentNumber() == null) return null;
    return UriComponentsBuilder.fromPath("/documents")
        .pathSegment(told.documentKind(), told.documentNumber())
        .encode()
        .toUriString();
  }

  private static Chip chip(Notification.Kind kind) {
    return switch (kind) {
      case GOODS_RECEIVED -> chip(kind, "info", "document");
      case QUOTE_APPROVED -> chip(kind, "ok", "tick");
      case QUOTE_DECLINED -> chip(kind, "warn", "cross");
      case PAYMENT_RECEIVED -> chip(kind, "ok", "card");
      case PAYMENT_DECLINED -> chip(kind, "warn", "card");
      case GATEWAY_TROUBLE -> chip(kind, "fail", "warning");
      case NEW_LINK_ASKED -> chip(kind, "wait", "question");
      case MAIL_CAME_BACK -> chip(kind, "fail", "bounce");
      case MAIL_UNWANTED -> chip(kind, "fail", "cross");
      case OTHER -> chip(kind, "info", "info");
    };
  }

  private static Chip chip(Notification.Kind kind, String colour, String icon) {
    return new Chip(colour, icon, kind.title());
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
