package org.postroom.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.environment.Environment;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.Readdressed;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.transport.LocalMail;
import org.postroom.transport.LocalMailbox;
import org.postroom.transport.PersonalMail;
import org.springframework.stereotype.Service;

/**
 * Lets one caught mail out, to one address that somebody names: a message of its own, which test
 * mode does not keep back. A copy of an installation lets nothing out.
 */
@Service
public class Releases {
  private final LocalMailbox mailbox;
  private final Accounts accounts;
  private final Outbox outbox;
  private final Access access;
  private final Database database;
  private final Environment environment;
  private final PersonalMail personal;

  Releases(
      LocalMailbox mailbox,
      Accounts accounts,
      Outbox outbox,
      Access access,
      Database database,
      Environment environment,
      PersonalMail personal) {
    this.mailbox = mailbox;
    this.accounts = accounts;
    this.outbox = outbox;
    this.access = access;
    this.database = database;
    this.environment = environment;
    this.personal = personal;
  }

  /**
   * @param to a real address
   * @throws Problem 403, 404, 409 on a copy, 422 where the address is none or no account could send
   */
  public Message release(Caller caller, String caughtMail, String to) {
    caller.require(Right.SEND);
    caller.require(Right.MANAGE_ACCOUNTS);
    if (caller.test()) throw Problem.forbidden("A test key lets nothing out. Use a live key.");
    environment.requireOriginal("Letting mail out");
    String company = caller.company();
    LocalMail mail = mailbox.find(company, caughtMail).orElseThrow(Releases::gone);
    if (mail.messageId() != null && personal.is(company, mail.messageId()))
      throw Problem.conflict(
          "personal_link", "This mail holds a personal link. It goes to nobody else.");
    byte[] content = mailbox.content(company, caughtMail).orElseThrow(Releases::gone);
    Address address = address(to);
    return outbox.accept(draft(caller, mail, content, address, account(company, mail)));
  }

  private Draft draft(Caller caller, LocalMail mail, byte[] content, Address to, Account account) {
    String id = Ids.next("msg");
    String wire = account.email().wire();
    String messageId = "<" + id + wire.substring(wire.lastIndexOf('@')) + ">";
    byte[] readdressed =
        Readdressed.of(
            content,
            messageId,
            database.now(),
            access.company(caller.company()).timeZone(),
            List.of(to),
            List.of());
    return new Draft(
        caller.company(),
        id,
        account.id(),
        account.sender(),
        account.email(),
        messageId,
        mail.subject() == null ? "" : mail.subject(),
        List.of(new Draft.To(to, RecipientRole.TO)),
        readdressed,
        false,
        null,
        new Message.Origin(
            DeliverMessage.RELEASED, caller.id(), caller.name() + ", out of Caught mail"),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        Map.of("recipients", "Released from Caught mail by " + caller.name()),
        null,
        null,
        null);
  }

  /** The one it was sent through, or the default: one that really sends. */
  private Account account(String company, LocalMail mail) {
    Optional<Account> own = accounts.find(company, mail.account()).filter(Releases::reallySends);
    if (own.isPresent()) return own.get();
    Account usual = accounts.defaultOf(company);
    if (reallySends(usual)) return usual;
    throw Problem.invalid(
        "/to",
        "no_account",
        "There is no account that could send it: the default account keeps mail here.");
  }

  private static boolean reallySends(Account account) {
    return account.kind() != Account.Kind.LOCAL && account.active();
  }

  private static Address address(@Nullable String typed) {
    try {
      return Address.parse(typed == null ? "" : typed);
    } catch (IllegalArgumentException wrong) {
      throw Problem.invalid("/to", "invalid", String.valueOf(wrong.getMessage()));
    }
  }

  private static Problem gone() {
    return Problem.notFound("This caught mail");
  }
}
