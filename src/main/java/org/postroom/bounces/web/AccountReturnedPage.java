package org.postroom.bounces.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.SignIns;
import org.postroom.bounces.MailboxChange;
import org.postroom.bounces.ReadMailbox;
import org.postroom.bounces.ReadMailbox.Server;
import org.postroom.bounces.ReturnedMailboxes;
import org.postroom.bounces.ReturnedMailboxes.Way;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.transport.Login;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether and where an account's mailbox is read for what comes back. */
@Controller
class AccountReturnedPage {
  private final Accounts accounts;
  private final SignIns signIns;
  private final ReturnedMailboxes mailboxes;

  AccountReturnedPage(Accounts accounts, SignIns signIns, ReturnedMailboxes mailboxes) {
    this.accounts = accounts;
    this.signIns = signIns;
    this.mailboxes = mailboxes;
  }

  /** Its first part stands on the account's page, too. */
  @GetMapping("/accounts/{id}/returned")
  String show(Caller caller, @PathVariable String id, Model model) {
    Account account = accounts.get(caller, id);
    return page(caller, account, form(mailboxes.of(account.company(), id)), null, model);
  }

  @PostMapping("/accounts/{id}/returned")
  String save(
      Caller caller,
      @PathVariable String id,
      @RequestParam Map<String, String> form,
      Model model,
      RedirectAttributes next) {
    Account account = accounts.get(caller, id);
    ReadMailbox saved;
    try {
      saved = mailboxes.change(caller, id, change(account, form));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, account, form, problem, model);
    }
    boolean goes = saved.enabled() && !signIns.mayRead(account);
    next.addFlashAttribute("said", goes ? "Saved. Sign in again now to allow it." : "Saved.");
    return "redirect:/accounts/" + id + "/returned";
  }

  @PostMapping("/accounts/{id}/returned/look")
  String look(Caller caller, @PathVariable String id, RedirectAttributes next) {
    ReadMailbox looked = mailboxes.lookNow(caller, id);
    if (looked.trouble() == null) next.addFlashAttribute("said", "Looked through the mailbox.");
    return "redirect:/accounts/" + id + "/returned";
  }

  private String page(
      Caller caller,
      Account account,
      Map<String, String> form,
      @Nullable Problem problem,
      Model model) {
    model.addAttribute(
        "heading", new Heading("/accounts/" + account.id(), account.name(), "Returned mail", null));
    model.addAttribute("account", account);
    model.addAttribute("mailbox", mailboxes.of(account.company(), account.id()));
    model.addAttribute("server", ReturnedMailboxes.mayName(account));
    model.addAttribute("either", ReturnedMailboxes.way(account) == Way.EITHER);
    model.addAttribute("nowhere", ReturnedMailboxes.way(account) == Way.NONE);
    model.addAttribute("allowed", signIns.mayRead(account));
    model.addAttribute("mayChange", accounts.mayChange(caller, account));
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    return "bounces/account";
  }

  private static Map<String, String> form(ReadMailbox mailbox) {
    Map<String, String> form = new LinkedHashMap<>();
    if (mailbox.enabled()) form.put("enabled", "on");
    Server server = mailbox.server();
    form.put("host", server == null ? "" : server.host());
    form.put("port", server == null ? "993" : Integer.toString(server.port()));
    form.put(
        "security", server == null ? "tls" : server.security().name().toLowerCase(Locale.ROOT));
    form.put("username", server == null || server.username() == null ? "" : server.username());
    if (server == null || !server.ownPassword()) form.put("same", "on");
    form.put("folder", mailbox.folder());
    if (mailbox.junk()) form.put("junk", "on");
    if (mailbox.markRead()) form.put("mark_read", "on");
    return form;
  }

  private static MailboxChange change(Account account, Map<String, String> form) {
    boolean named = ReturnedMailboxes.mayName(account);
    String host = form.getOrDefault("host", "").strip();
    boolean same = form.containsKey("same");
    String typed = form.getOrDefault("password", "");
    return new MailboxChange(
        form.containsKey("enabled"),
        named && !host.isEmpty() ? server(host, same, form) : null,
        same ? "" : typed.isEmpty() ? null : typed,
        form.getOrDefault("folder", "INBOX"),
        form.containsKey("junk"),
        named && form.containsKey("mark_read"));
  }

  private static Server server(String host, boolean same, Map<String, String> form) {
    String user = form.getOrDefault("username", "").strip();
    return new Server(
        host,
        port(form.getOrDefault("port", "")),
        switch (form.getOrDefault("security", "tls")) {
          case "starttls" -> Login.Security.STARTTLS;
          case "none" -> Login.Security.NONE;
          default -> Login.Security.TLS;
        },
        same || user.isEmpty() ? null : user,
        false);
  }

  private static int port(String text) {
    return text.strip().matches("[0-9]{1,5}") ? Integer.parseInt(text.strip()) : 0;
  }
}
