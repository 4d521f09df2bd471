package org.postroom.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.compose.Composer;
import org.postroom.compose.MessageRequest;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What goes through one account: its newest messages, and a test. */
@Controller
class AccountMail {
  private static final int RECENT = 5;

  private final Accounts accounts;
  private final Composer composer;
  private final Outbox outbox;
  private final Story story;

  AccountMail(Accounts accounts, Composer composer, Outbox outbox, Story story) {
    this.accounts = accounts;
    this.composer = composer;
    this.outbox = outbox;
    this.story = story;
  }

  /** A part of the account's page; by itself it is a page too. */
  @GetMapping("/accounts/{id}/messages")
  String recent(Caller caller, @PathVariable String id, Model model) {
    Account account = existing(caller, id);
    model.addAttribute(
        "heading", new Heading("/accounts/" + id, account.name(), "Recent messages", null));
    model.addAttribute("account", account);
    model.addAttribute("rows", story.recent(caller, account, RECENT));
    return "console/account-messages";
  }

  @GetMapping("/accounts/{id}/test")
  String test(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String message,
      Model model) {
    Account account = existing(caller, id);
    Message sent = message == null ? null : outbox.get(caller, message);
    return page(account, caller.email(), sent, null, model);
  }

  @PostMapping("/accounts/{id}/test")
  String send(
      Caller caller,
      @PathVariable String id,
      @RequestParam(name = "to", defaultValue = "") String to,
      Model model) {
    Account account = existing(caller, id);
    try {
      Message sent = composer.send(caller, request(account, address(to)));
      return "redirect:/accounts/" + id + "/test?message=" + sent.id();
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return page(account, to, null, problem, model);
    }
  }

  private String page(
      Account account,
      @Nullable String to,
      @Nullable Message sent,
      @Nullable Problem problem,
      Model model) {
    model.addAttribute(
        "heading", new Heading("/accounts/" + account.id(), account.name(), "Test message", null));
    model.addAttribute("account", account);
    model.addAttribute("to", to);
    model.addAttribute("problem", problem);
    model.addAttribute("message", sent);
    if (sent != null) {
      model.addAttribute("status", story.status(sent));
      model.addAttribute("recipients", story.recipients(sent));
      model.addAttribute("live", !sent.state().settled());
    }
    return "console/account-test";
  }

  private static MessageRequest request(Account account, Address to) {
    String text =
        """
        This is a test message from Postroom.

        It went out through the account “%s” (%s), on the same road as every other message.
        Nothing needs to be done with it.
        """
            .formatted(account.name(), account.email().spec());
    return MessageRequest.text(
        List.of(to), "[Test] Message from " + account.name(), text, account.id());
  }

  private static Address address(String typed) {
    try {
      return Address.parse(typed);
    } catch (IllegalArgumentException notAnAddress) {
      throw Problem.invalid("/to", "invalid", String.valueOf(notAnAddress.getMessage()));
    }
  }

  private Account existing(Caller caller, String id) {
    return accounts
        .find(caller.company(), id)
        .orElseThrow(() -> Problem.notFound("The account " + id));
  }
}
