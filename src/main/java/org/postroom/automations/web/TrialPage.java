package org.postroom.automations.web;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.automations.Automation;
import org.postroom.automations.WouldHaveSent;
import org.postroom.compose.Composition;
import org.postroom.http.Framed;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.postroom.mail.Attachment;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What an automatic mail would have sent of late, each mail as it would arrive. */
@Controller
@RequestMapping("/automatic/{name}/would-have-sent")
class TrialPage {
  private static final int LOOKED_AT = 50;
  private static final Map<Integer, String> DAYS =
      new TreeMap<>(Map.of(7, "Last 7 days", 30, "Last 30 days", 90, "Last 90 days"));
  private final WouldHaveSent wouldHaveSent;

  TrialPage(WouldHaveSent wouldHaveSent) {
    this.wouldHaveSent = wouldHaveSent;
  }

  @GetMapping
  String list(
      Caller caller,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer days,
      Model model) {
    Automation automation = AutomationsRest.automation(name);
    int asked = days != null && DAYS.containsKey(days) ? days : 30;
    model.addAttribute("automation", automation);
    model.addAttribute("heading", heading(automation, "What would have been sent"));
    model.addAttribute("days", asked);
    model.addAttribute("choices", DAYS);
    model.addAttribute(
        "trial", wouldHaveSent.trial(caller, automation, options -> options, asked, LOOKED_AT));
    model.addAttribute("titles", AutomationWords.titles());
    return "automations/trial";
  }

  @GetMapping("/{event:evt_[0-9a-z]{26}}")
  String mail(Caller caller, @PathVariable String name, @PathVariable String event, Model model) {
    Automation automation = AutomationsRest.automation(name);
    Composition mail = composition(caller, name, event);
    model.addAttribute("automation", automation);
    model.addAttribute("event", event);
    model.addAttribute("mail", mail);
    model.addAttribute(
        "heading",
        new Heading(
            "/automatic/" + automation.word() + "/would-have-sent",
            automation.title(),
            "The mail",
            null));
    return "automations/trial-mail";
  }

  @GetMapping("/{event}/html")
  ResponseEntity<byte[]> html(
      Caller caller, @PathVariable String name, @PathVariable String event) {
    return Untrusted.frame(composition(caller, name, event).html());
  }

  /** By place in the list of attachments, from 0. */
  @GetMapping("/{event}/attachments/{place:[0-9]{1,3}}")
  ResponseEntity<byte[]> attachment(
      Caller caller,
      @PathVariable String name,
      @PathVariable String event,
      @PathVariable int place) {
    var files = composition(caller, name, event).attachments();
    if (place >= files.size()) throw Problem.notFound("This file");
    Attachment file = files.get(place);
    return file.contentType().equals("application/pdf")
        ? Framed.pdf(file.content(), file.filename())
        : Untrusted.download(file.filename(), file.content());
  }

  private Composition composition(Caller caller, String name, String event) {
    return wouldHaveSent.look(caller, AutomationsRest.automation(name), options -> options, event);
  }

  private static Heading heading(Automation automation, String here) {
    return new Heading("/automatic/" + automation.word(), automation.title(), here, null);
  }
}
