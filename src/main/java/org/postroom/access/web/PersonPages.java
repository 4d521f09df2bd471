package org.postroom.access.web;

import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Letter;
import org.postroom.access.NewPasswords;
import org.postroom.access.People;
import org.postroom.access.Sessions;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One of the company's people, as whoever manages them sees them. */
@Controller
@RequestMapping("/people/{id}")
class PersonPages {
  private static final int LAST_CHANGES = 10;
  private final People people;
  private final Sessions sessions;
  private final NewPasswords passwords;
  private final Audit audit;

  PersonPages(People people, Sessions sessions, NewPasswords passwords, Audit audit) {
    this.people = people;
    this.sessions = sessions;
    this.passwords = passwords;
    this.audit = audit;
  }

  @GetMapping
  String show(Caller caller, @PathVariable String id, Model model) {
    People.Member member = people.get(caller, id);
    model.addAttribute("title", member.person().name());
    model.addAttribute("heading", new Heading("/people", "People", member.person().email(), null));
    model.addAttribute("member", member);
    model.addAttribute("roles", PeoplePages.roles());
    model.addAttribute("sessions", SessionLine.of(sessions.of(caller, id)));
    model.addAttribute("passwords", passwords.used());
    model.addAttribute("self", id.equals(caller.id()));
    var theirs = new Audit.Filter(id, null, null, null, null);
    model.addAttribute(
        "changes",
        audit.list(caller, theirs, LAST_CHANGES, null).data().stream().map(Change::of).toList());
    return "access/person";
  }

  @PostMapping("/role")
  String role(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String role,
      RedirectAttributes next) {
    return done(
        id,
        next,
        () -> {
          people.become(caller, id, PeoplePages.role(role));
          return "The role counts from now on.";
        });
  }

  @PostMapping("/unlock")
  String unlock(Caller caller, @PathVariable String id, RedirectAttributes next) {
    return done(
        id,
        next,
        () -> {
          people.unlock(caller, id);
          return "They can try again at once.";
        });
  }

  @PostMapping("/new-password")
  String newPassword(Caller caller, @PathVariable String id, RedirectAttributes next) {
    return done(
        id,
        next,
        () -> {
          Letter.Sent sent = passwords.askFor(caller, id);
          if (sent.message() == null)
            throw Problem.conflict("not_sent", "No mail went out. " + sent.why());
          return "A link for a new password is on its way to them.";
        });
  }

  @PostMapping("/sign-out")
  String signOut(Caller caller, @PathVariable String id, RedirectAttributes next) {
    return done(
        id,
        next,
        () -> {
          sessions.endOf(caller, id);
          return "They are signed out of this company everywhere.";
        });
  }

  @GetMapping("/remove")
  String askToRemove(Caller caller, @PathVariable String id, Model model) {
    People.Member member = people.get(caller, id);
    model.addAttribute("member", member);
    model.addAttribute("heading", new Heading("/people", "People", member.person().email(), null));
    return "access/person-remove";
  }

  @PostMapping("/remove")
  String remove(Caller caller, @PathVariable String id, RedirectAttributes next) {
    String name = people.get(caller, id).person().name();
    try {
      people.remove(caller, id);
    } catch (Problem refused) {
      return refused(id, refused, next);
    }
    next.addFlashAttribute("said", name + " is not in this company any more.");
    return "redirect:/people";
  }

  private interface Work {
    /** What to say when it is done. */
    String done();
  }

  private static String done(String id, RedirectAttributes next, Work work) {
    try {
      next.addFlashAttribute("said", work.done());
    } catch (Problem refused) {
      return refused(id, refused, next);
    }
    return "redirect:/people/" + id;
  }

  /** A conflict is told on the page; everything else by the frame. */
  private static String refused(String id, Problem refused, RedirectAttributes next) {
    if (refused.status() == 404) throw refused;
    next.addFlashAttribute("refused", refused.detail());
    return "redirect:/people/" + id;
  }
}
