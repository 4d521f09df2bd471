package org.postroom.domains.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.domains.Discovered;
import org.postroom.domains.Discovery;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** "Connect an account" starts with the address: what it tells us need not be asked. */
@Controller
class ConnectPage {
  private final Discovery discovery;

  ConnectPage(Discovery discovery) {
    this.discovery = discovery;
  }

  @GetMapping(path = "/accounts/new", params = "!kind")
  String start(Caller caller, @RequestParam(required = false) @Nullable String email, Model model) {
    // Whoever may send may connect a mailbox of their own.
    caller.require(caller.may(Right.MANAGE_ACCOUNTS) ? Right.MANAGE_ACCOUNTS : Right.SEND);
    model.addAttribute("heading", new Heading("/accounts", "Email accounts", "New", null));
    model.addAttribute("email", email);
    Address address = null;
    if (email != null) {
      try {
        address = SuggestionController.address(email);
        found(discovery.find(address), model);
      } catch (Problem problem) {
        model.addAttribute("problem", problem);
      }
    }
    model.addAttribute("kinds", kinds(address));
    return "accounts/choose";
  }

  private static void found(Discovered found, Model model) {
    List<Way> ways =
        found.suggestions().stream().map(each -> Way.of(each, found.address())).toList();
    model.addAttribute("domain", found.address().domain());
    model.addAttribute("best", ways.isEmpty() ? null : ways.getFirst());
    model.addAttribute("others", ways.stream().skip(1).toList());
    model.addAttribute("notAsked", found.notAsked());
  }

  private static List<Kind> kinds(@Nullable Address address) {
    return List.of(
        kind(Account.Kind.MICROSOFT, "Microsoft", "Microsoft 365 and Outlook.com", address),
        kind(Account.Kind.GOOGLE, "Google", "Google Workspace and Gmail", address),
        kind(Account.Kind.SMTP, "Mail server (SMTP)", "Every other provider", address),
        kind(Account.Kind.EXCHANGE, "Exchange", "Your company's own Exchange server", address),
        kind(
            Account.Kind.LOCAL,
            "Local mailbox",
            "For trying out: nothing leaves this system",
            address));
  }

  private static Kind kind(
      Account.Kind kind, String name, String words, @Nullable Address address) {
    return new Kind(name, words, Way.href(kind, address));
  }

  /** A form to go to without being led there. */
  public record Kind(String name, String words, String href) {}
}
