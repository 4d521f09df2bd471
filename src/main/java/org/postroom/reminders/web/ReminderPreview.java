package org.postroom.reminders.web;

import org.postroom.access.Caller;
import org.postroom.compose.Composition;
import org.postroom.http.Framed;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.postroom.mail.Attachment;
import org.postroom.mail.MailContent;
import org.postroom.reminders.LookAhead;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One mail of the next run, byte for byte as it would leave. */
@Controller
class ReminderPreview {
  private final LookAhead lookAhead;
  private final ReminderTabs tabs;

  ReminderPreview(LookAhead lookAhead, ReminderTabs tabs) {
    this.lookAhead = lookAhead;
    this.tabs = tabs;
  }

  @GetMapping("/reminders/preview")
  String show(
      Caller caller, @RequestParam String partner, @RequestParam String invoice, Model model) {
    tabs.around(caller, "next", model);
    model.addAttribute("heading", new Heading("/reminders", "Reminders", "Preview", null));
    model.addAttribute("partner", partner);
    model.addAttribute("invoice", invoice);
    try {
      model.addAttribute("mail", lookAhead.preview(caller, partner, invoice));
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      model.addAttribute("problem", problem);
    }
    return "reminders/preview";
  }

  @GetMapping("/reminders/preview/mail")
  ResponseEntity<byte[]> mail(
      Caller caller, @RequestParam String partner, @RequestParam String invoice) {
    Composition mail = lookAhead.preview(caller, partner, invoice);
    String html = MailContent.read(mail.mime()).html();
    return Untrusted.frame(html == null ? mail.html() : html);
  }

  /** By place in the list of attachments, from 0. */
  @GetMapping("/reminders/preview/attachments/{place:[0-9]{1,3}}")
  ResponseEntity<byte[]> attachment(
      Caller caller,
      @PathVariable int place,
      @RequestParam String partner,
      @RequestParam String invoice) {
    var files = lookAhead.preview(caller, partner, invoice).attachments();
    if (place >= files.size()) throw Problem.notFound("This file");
    Attachment file = files.get(place);
    return file.contentType().equals("application/pdf")
        ? Framed.pdf(file.content(), file.filename())
        : Untrusted.download(file.filename(), file.content());
  }
}
