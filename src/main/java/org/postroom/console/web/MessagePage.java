package org.postroom.console.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.compose.Downloads;
import org.postroom.compose.Undo;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.postroom.mail.Attachment;
import org.postroom.mail.MailContent;
import org.postroom.outbox.Approvals;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.TimelineEntry;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The story of one message, and the mail itself from every side. */
@Controller
class MessagePage {
  private static final int SHOWN_SOURCE = 200_000;
  private static final List<String> TABS =
      List.of("timeline", "mail", "text", "attachments", "source");

  private final Outbox outbox;
  private final Story story;
  private final Undo undo;
  private final Downloads downloads;
  private final Approvals approvals;
  private final CameBack cameBack;

  MessagePage(
      Outbox outbox,
      Story story,
      Undo undo,
      Downloads downloads,
      Approvals approvals,
      CameBack cameBack) {
    this.cameBack = cameBack;
    this.outbox = outbox;
    this.story = story;
    this.undo = undo;
    this.approvals = approvals;
    this.downloads = downloads;
  }

  /**
   * @param seen what an open page shows already; nothing new answers 204, so that what a reader
   *     opened stays open
   */
  @GetMapping("/messages/{id}")
  @Nullable Object page(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "timeline") String tab,
      @RequestParam(required = false) @Nullable String seen,
      Model model) {
    Message message = outbox.get(caller, id);
    List<TimelineEntry> timeline = outbox.timeline(message.company(), id);
    String mark = mark(message, timeline);
    if (mark.equals(seen)) return ResponseEntity.noContent().build();
    String chosen = TABS.contains(tab) ? tab : "timeline";
    head(caller, message, model);
    model.addAttribute("mark", mark);
    model.addAttribute("tab", chosen);
    model.addAttribute("live", chosen.equals("timeline") && !message.state().settled());
    model.addAttribute("happenings", Happening.of(timeline));
    model.addAttribute("tries", Try.of(outbox.attempts(message.company(), id)));
    content(message, chosen, model);
    return "console/message";
  }

  /** For the frame: served apart from everything of ours. */
  @GetMapping("/messages/{id}/html")
  ResponseEntity<byte[]> html(Caller caller, @PathVariable String id) {
    String html = MailContent.read(bytes(outbox.get(caller, id))).html();
    if (html == null) throw Problem.notFound("The HTML part of " + id);
    return Untrusted.frame(html);
  }

  @GetMapping("/messages/{id}/attachments/{number}")
  ResponseEntity<byte[]> attachment(
      Caller caller, @PathVariable String id, @PathVariable int number) {
    List<Attachment> all = MailContent.read(bytes(outbox.get(caller, id))).attachments();
    if (number < 0 || number >= all.size()) throw Problem.notFound("The attachment of " + id);
    return Untrusted.download(all.get(number).filename(), all.get(number).content());
  }

  @GetMapping("/messages/{id}/source.eml")
  ResponseEntity<byte[]> source(Caller caller, @PathVariable String id) {
    return Untrusted.download(id + ".eml", bytes(outbox.get(caller, id)));
  }

  private void head(Caller caller, Message message, Model model) {
    model.addAttribute("title", story.title(message));
    model.addAttribute(
        "heading", new Heading("/outbox", "Outbox", Row.title(message), story.status(message)));
    model.addAttribute("message", message);
    model.addAttribute("expected", story.expected(message));
    model.addAttribute("can", Can.with(message, caller, approvals));
    model.addAttribute("download", downloads.of(message).orElse(null));
    model.addAttribute("undo", undo.chance(caller, message).orElse(null));
    Account account = story.account(message).orElse(null);
    model.addAttribute("recipients", cameBack.with(message, story.recipients(message)));
    model.addAttribute("account", account);
    model.addAttribute("blind", cameBack.blind(message, account));
    model.addAttribute("layout", story.layout(message));
    model.addAttribute("template", story.template(caller, message));
    model.addAttribute("further", outbox.further(message.company(), message.id()));
    model.addAttribute("resends", story.resends(caller, message));
    model.addAttribute("reasons", story.reasons(message));
  }

  private void content(Message message, String tab, Model model) {
    byte[] mime = outbox.content(message.company(), message.id()).orElse(null);
    model.addAttribute("gone", mime == null);
    if (mime == null) return;
    model.addAttribute("content", MailContent.read(mime));
    if (tab.equals("source")) model.addAttribute("source", readable(mime));
  }

  /** The beginning as text; the download has all of it. */
  static String readable(byte[] mime) {
    int length = Math.min(mime.length, SHOWN_SOURCE);
    String text = new String(mime, 0, length, StandardCharsets.UTF_8);
    return length == mime.length ? text : text + "\n… the rest is in the download.";
  }

  private byte[] bytes(Message message) {
    return outbox
        .content(message.company(), message.id())
        .orElseThrow(() -> Problem.notFound("The content of " + message.id()));
  }

  private static String mark(Message message, List<TimelineEntry> timeline) {
    String last = timeline.isEmpty() ? "" : timeline.getLast().id();
    return message.state().word() + "." + message.dueAt().toEpochMilli() + "." + last;
  }
}
