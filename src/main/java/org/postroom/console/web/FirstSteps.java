package org.postroom.console.web;

import java.util.List;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.automations.Automations;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.Documents;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** What a new installation should do first; gone when all of it is done. */
@Component
class FirstSteps {
  private final Accounts accounts;
  private final Documents documents;
  private final Outbox outbox;
  private final Automations automations;

  FirstSteps(Accounts accounts, Documents documents, Outbox outbox, Automations automations) {
    this.accounts = accounts;
    this.documents = documents;
    this.outbox = outbox;
    this.automations = automations;
  }

  record Step(boolean done, String words, String why, String path) {}

  /** Empty for people who cannot set things up, and where everything is done. */
  List<Step> of(Caller caller) {
    if (!caller.may(Right.MANAGE_ACCOUNTS)) return List.of();
    List<Step> steps =
        List.of(
            new Step(
                connected(caller),
                "Connect an email account",
                "Until then everything stays in Caught mail.",
                "/accounts"),
            new Step(
                has(caller),
                "Put the first document",
                "Your ERP does it over the API; a UBL file will do.",
                "/documents/add"),
            new Step(
                sent(caller), "Send one to yourself", "See it as your customers will.", "/send"),
            new Step(
                automatic(caller),
                "Switch on an automatic mail",
                "Invoices, confirmations and reminders then go out by themselves.",
                "/automations"));
    return steps.stream().allMatch(Step::done) ? List.of() : steps;
  }

  private boolean connected(Caller caller) {
    return accounts.list(caller.company(), false).stream()
        .anyMatch(account -> account.kind() != Account.Kind.LOCAL);
  }

  private boolean has(Caller caller) {
    return !documents.list(caller.company(), DocumentFilter.ALL, 1, null).data().isEmpty();
  }

  private boolean sent(Caller caller) {
    return !outbox.list(caller, MessageFilter.ALL, 1, null).data().isEmpty();
  }

  private boolean automatic(Caller caller) {
    return automations.settings(caller.company()).stream().anyMatch(Automations.Setting::enabled);
  }
}
