package org.postroom.demo;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.Enclosures;
import org.postroom.compose.MessageRequest;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Purpose;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Writes the firm's mail and hands it to the outbox, as people and the API do. */
@Component
@Conditional(DemoAsked.class)
class DemoMail {
  private final Composer composer;
  private final Outbox outbox;
  private final Accounts accounts;

  DemoMail(Composer composer, Outbox outbox, Accounts accounts) {
    this.composer = composer;
    this.outbox = outbox;
    this.accounts = accounts;
  }

  /** A finished mail, and what becomes of it at once. */
  record Written(Caller by, Composition composition, boolean cancelled) {}

  /** Composing takes time and stores nothing. */
  List<Written> write(Caller person, ZonedDateTime now) {
    return DemoFiles.mails().stream().map(mail -> write(person, mail, now)).toList();
  }

  void store(Written written) {
    Caller by = written.by();
    var origin = new Message.Origin(by.kind().name().toLowerCase(Locale.ROOT), by.id(), by.name());
    Message message = composer.store(written.composition(), origin, false);
    if (written.cancelled()) outbox.cancel(by, message.id());
  }

  private Written write(Caller person, DemoFiles.Mail mail, ZonedDateTime now) {
    Caller by = isOn(mail.byItself()) ? Caller.postroom(person.company()) : person;
    return new Written(by, composer.compose(by, request(by, mail, now)), isOn(mail.cancelled()));
  }

  private MessageRequest request(Caller by, DemoFiles.Mail mail, ZonedDateTime now) {
    if (mail.partner() != null)
      return MessageRequest.toPartner(
          mail.partner(),
          Purpose.of(String.valueOf(mail.purpose())).orElseThrow(),
          Map.of("links", Map.of("open", String.valueOf(mail.link()))));
    return new MessageRequest(
        mail.document() == null ? null : DemoBusiness.ref(mail.document()),
        mail.purpose() == null ? null : Purpose.of(mail.purpose()).orElseThrow(),
        mail.to() == null ? List.of() : mail.to().stream().map(Address::of).toList(),
        List.of(),
        List.of(),
        mail.subject(),
        null,
        mail.text(),
        Enclosures.NONE,
        account(by.company(), mail.account()),
        null,
        null,
        mail.inDays() == null ? null : atNine(now, mail.inDays()),
        false,
        null);
  }

  private @Nullable String account(String company, @Nullable String name) {
    if (name == null) return null;
    return accounts.list(company, true).stream()
        .filter(account -> account.name().equals(name))
        .map(Account::id)
        .findFirst()
        .orElseThrow();
  }

  private static Instant atNine(ZonedDateTime now, int days) {
    return now.plusDays(days).with(LocalTime.of(9, 0)).toInstant();
  }

  private static boolean isOn(@Nullable Boolean flag) {
    return flag != null && flag;
  }
}
