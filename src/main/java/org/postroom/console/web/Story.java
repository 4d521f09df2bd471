package org.postroom.console.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.http.Chip;
import org.postroom.outbox.Forecasts;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.RecipientState;
import org.springframework.stereotype.Component;

/** Collects what a page about one message tells. */
@Component
class Story {
  private final Outbox outbox;
  private final Names names;
  private final Forecasts forecasts;

  Story(Outbox outbox, Names names, Forecasts forecasts) {
    this.forecasts = forecasts;
    this.outbox = outbox;
    this.names = names;
  }

  /** One recipient: who, how it stands, and what the server said. */
  record To(
      String address,
      @Nullable String role,
      String icon,
      boolean bad,
      String words,
      @Nullable String reply,
      String spec,
      boolean bounced) {
    To words(String other) {
      return new To(address, role, icon, bad, other, reply, spec, bounced);
    }
  }

  /** Another message that has to do with this one. */
  record Link(String id, String words, Chip status, Instant at) {}

  /** A choice that was made for this message, and why. */
  record Reason(String what, String why) {}

  String title(Message message) {
    String partner = names.partner(message.company(), message.partner());
    String title = Row.title(message);
    return partner == null || message.document() == null ? title : title + " for " + partner;
  }

  Chip status(Message message) {
    return Status.of(message, zone(message), Instant.now());
  }

  /** When it will leave about; null where it goes at once or nobody can know. */
  @Nullable String expected(Message message) {
    Message inLine = outbox.find(message.company(), message.id()).orElse(message);
    return Expected.words(inLine, forecasts.of(inLine), zone(message), Instant.now());
  }

  Optional<Account> account(Message message) {
    return names.account(message.company(), message.account());
  }

  /** What its layout is called, null without document. */
  @Nullable String layout(Message message) {
    return names.layout(message.company(), message.layout());
  }

  /** What its template is called for this reader, null where the words are somebody's own. */
  @Nullable String template(Caller caller, Message message) {
    return names.template(caller, message.template());
  }

  List<To> recipients(Message message) {
    return message.recipients().stream()
        .map(recipient ->
            new To(
                recipient.address().display(),
                switch (recipient.role()) {
                  case TO -> null;
                  case CC -> "Copy";
                  case BCC -> "Hidden copy";
                },
                Status.icon(recipient.state()),
                Status.bad(recipient.state()),
                Status.of(recipient, message),
                recipient.reply(),
                recipient.address().spec(),
                recipient.state() == RecipientState.BOUNCED))
        .toList();
  }

  /** The message it repeats, and those that repeat it. */
  List<Link> resends(Caller caller, Message message) {
    List<Link> links = new ArrayList<>();
    String old = message.resendOf();
    if (old != null)
      outbox.find(caller.company(), old).ifPresent(first -> links.add(link(first, "Repeats")));
    for (Message later : outbox.resendsOf(caller, message.id()))
      links.add(link(later, "Sent again as"));
    return links;
  }

  /** The newest messages of one account. */
  List<Row> recent(Caller caller, Account account, int most) {
    MessageFilter ofAccount = MessageFilter.ALL.account(account.id());
    ZoneId zone = names.zone(caller.company());
    Instant now = Instant.now();
    return outbox.list(caller, ofAccount, most, null).data().stream()
        .map(message ->
            Row.of(
                message,
                Status.of(message, zone, now),
                names.partner(caller.company(), message.partner()),
                account.name()))
        .toList();
  }

  List<Reason> reasons(Message message) {
    return message.reasons().entrySet().stream()
        .filter(reason -> !reason.getValue().isBlank())
        .sorted(Map.Entry.comparingByKey())
        .map(reason -> new Reason(Row.words(reason.getKey()), reason.getValue()))
        .toList();
  }

  private Link link(Message message, String words) {
    return new Link(message.id(), words, status(message), message.createdAt());
  }

  private ZoneId zone(Message message) {
    return names.zone(message.company());
  }
}
