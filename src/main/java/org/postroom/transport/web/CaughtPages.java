package org.postroom.transport.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.http.Untrusted;
import org.postroom.mail.Attachment;
import org.postroom.mail.MailContent;
import org.postroom.transport.LocalMail;
import org.postroom.transport.LocalMailbox;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Caught mail: what accounts of kind Local kept instead of sending it. */
@Controller
class CaughtPages {
  private static final int ON_A_PAGE = 50;
  private static final int SHOWN_SOURCE = 200_000;
  private static final List<String> TABS = List.of("mail", "text", "attachments", "source");

  private final LocalMailbox mailbox;
  private final CaughtLetters letters;

  CaughtPages(LocalMailbox mailbox, CaughtLetters letters) {
    this.mailbox = mailbox;
    this.letters = letters;
  }

  @GetMapping("/caught")
  String list(Caller caller, @RequestParam(required = false) @Nullable String cursor, Model model) {
    caller.require(Right.SEE_ALL_MAIL);
    String after = cursor != null && cursor.matches("[a-z0-9_]{1,60}") ? cursor : null;
    Slice<LocalMail> mails = mailbox.list(caller.company(), ON_A_PAGE, after);
    model.addAttribute("mails", mails.data());
    model.addAttribute("next", mails.nextCursor());
    model.addAttribute("later", after != null);
    model.addAttribute("mayDelete", caller.may(Right.MANAGE_ACCOUNTS));
    return "transport/caught";
  }

  @GetMapping("/caught/{id}")
  String show(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "mail") String tab,
      Model model) {
    LocalMail mail = existing(caller, mailbox.find(caller.company(), id));
    byte[] mime = content(caller, id);
    String subject =
        mail.subject() == null || mail.subject().isBlank() ? "(no subject)" : mail.subject();
    model.addAttribute("title", subject);
    model.addAttribute("heading", new Heading("/caught", "Caught mail", "One mail", null));
    model.addAttribute("mail", mail);
    model.addAttribute("tab", TABS.contains(tab) ? tab : "mail");
    model.addAttribute("content", MailContent.read(mime));
    model.addAttribute("source", readable(mime));
    if (model.getAttribute("toRefused") instanceof String why)
      model.addAttribute("problem", Problem.invalid("/to", "invalid", why));
    model.addAttribute("mayRelease", caller.may(Right.SEND) && caller.may(Right.MANAGE_ACCOUNTS));
    return "transport/caught-mail";
  }

  @GetMapping("/caught/{id}/html")
  ResponseEntity<byte[]> html(Caller caller, @PathVariable String id) {
    String html = MailContent.read(content(caller, id)).html();
    if (html == null) throw Problem.notFound("The HTML part");
    return Untrusted.frame(html);
  }

  @GetMapping("/caught/{id}/attachments/{number}")
  ResponseEntity<byte[]> attachment(
      Caller caller, @PathVariable String id, @PathVariable int number) {
    List<Attachment> all = MailContent.read(content(caller, id)).attachments();
    if (number < 0 || number >= all.size()) throw Problem.notFound("The attachment");
    return Untrusted.download(all.get(number).filename(), all.get(number).content());
  }

  @GetMapping("/caught/{id}/source.eml")
  ResponseEntity<byte[]> source(Caller caller, @PathVariable String id) {
    return Untrusted.download(id + ".eml", content(caller, id));
  }

  @GetMapping("/caught/delete")
  String askToDelete(Caller caller, Model model) {
    caller.require(Right.MANAGE_ACCOUNTS);
    model.addAttribute("heading", new Heading("/caught", "Caught mail", "Delete all", null));
    return "transport/caught-delete";
  }

  @PostMapping("/caught/delete")
  String delete(Caller caller, RedirectAttributes next) {
    caller.require(Right.MANAGE_ACCOUNTS);
    int gone = mailbox.deleteAll(caller.company());
    next.addFlashAttribute(
        "said", gone == 1 ? "1 mail was deleted." : gone + " mails were deleted.");
    return "redirect:/caught";
  }

  private byte[] content(Caller caller, String id) {
    letters.require(caller, id);
    return existing(caller, mailbox.content(caller.company(), id));
  }

  private static <T> T existing(Caller caller, Optional<T> found) {
    caller.require(Right.SEE_ALL_MAIL);
    return found.orElseThrow(() -> Problem.notFound("This caught mail"));
  }

  private static String readable(byte[] mime) {
    int length = Math.min(mime.length, SHOWN_SOURCE);
    String text = new String(mime, 0, length, StandardCharsets.UTF_8);
    return length == mime.length ? text : text + "\n… the rest is in the download.";
  }
}
