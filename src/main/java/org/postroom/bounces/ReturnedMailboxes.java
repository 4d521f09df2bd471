package org.postroom.bounces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.ReadingWanted;
import org.postroom.bounces.MailboxRows.Stored;
import org.postroom.bounces.ReadMailbox.Server;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The mailboxes that are read for reports: switched on by somebody, looked at every few minutes by
 * one node, onward from where the last look stopped. Trouble with reading never stops sending.
 */
@Service
public class ReturnedMailboxes implements ReadingWanted {
  private static final Logger LOG = LoggerFactory.getLogger(ReturnedMailboxes.class);
  private static final Duration BETWEEN = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final Duration FIRST_LOOK_BACK = Duration.ofDays(7);
  private static final Duration LOOK_BACK = Duration.ofDays(2);
  private static final int AT_ONCE = 4;
  private static final int MOST_AT_A_TURN = 100;

  private final Database database;
  private final Accounts accounts;
  private final Places places;
  private final Bounces bounces;
  private final List<MailboxReader> readers;
  private final Audit audit;

  ReturnedMailboxes(
      Database database,
      Accounts accounts,
      Places places,
      Bounces bounces,
      List<MailboxReader> readers,
      Audit audit) {
    this.database = database;
    this.accounts = accounts;
    this.places = places;
    this.bounces = bounces;
    this.readers = List.copyOf(readers);
    this.audit = audit;
  }

  /** How the mailbox of an account can be read. */
  public enum Way {
    /** By an IMAP server that somebody has to name. */
    SERVER,
    /** By Exchange itself, or by an IMAP server where somebody names one. */
    EITHER,
    /** By the account's own provider. */
    PROVIDER,
    /** Nothing leaves, so nothing comes back. */
    NONE
  }

  /** Whether somebody may name a server. */
  public static boolean mayName(Account account) {
    return way(account) == Way.SERVER || way(account) == Way.EITHER;
  }

  public static Way way(Account account) {
    return switch (account.kind()) {
      case SMTP -> Way.SERVER;
      case EXCHANGE -> Way.EITHER;
      case MICROSOFT, GOOGLE -> Way.PROVIDER;
      case LOCAL -> Way.NONE;
    };
  }

  public ReadMailbox of(String company, String account) {
    return database
        .read(sql -> MailboxRows.find(sql, company, account))
        .map(Stored::mailbox)
        .orElseGet(() -> ReadMailbox.off(company, account));
  }

  @Override
  public boolean wanted(String company, String accountId) {
    return of(company, accountId).enabled();
  }

  /**
   * Switches reading on or off and says where.
   *
   * @throws Problem 403, 404, 409 for accounts without a mailbox, 422 with what is wrong
   */
  public ReadMailbox change(Caller caller, String accountId, MailboxChange change) {
    Account account = changeable(caller, accountId);
    String company = account.company();
    return database.write(sql -> {
      Stored before = MailboxRows.find(sql, company, accountId).orElse(null);
      String password = password(account, change, before);
      MailboxChecks.check(account, change, password != null);
      Server server = Places.keep(change.server(), password != null);
      var mailbox =
          new ReadMailbox(
              company,
              accountId,
              change.enabled(),
              server,
              change.folder().strip(),
              change.junk(),
              change.markRead(),
              null,
              null,
              0,
              0,
              null);
      Position position =
          before != null && sameBox(before.mailbox(), mailbox) ? before.position() : Position.START;
      MailboxRows.save(sql, new Stored(mailbox, password, position));
      audit.record(
          caller,
          "account.returned_mail",
          accountId,
          before == null ? "off" : words(before.mailbox()),
          words(mailbox));
      return MailboxRows.find(sql, company, accountId).orElseThrow().mailbox();
    });
  }

  /** Looks now; waits for what comes of it. */
  public ReadMailbox lookNow(Caller caller, String accountId) {
    Account account = changeable(caller, accountId);
    Stored stored =
        database
            .read(sql -> MailboxRows.find(sql, account.company(), accountId))
            .filter(one -> one.mailbox().enabled())
            .orElseThrow(() ->
                Problem.conflict("not_read", "This mailbox is not read. Switch that on first."));
    await(Thread.ofVirtual().name("returned-mail").start(() -> look(account, stored)));
    return of(account.company(), accountId);
  }

  /** Looks into every mailbox whose turn it is. */
  public void look() {
    Instant now = database.now();
    List<Stored> due = database.read(sql -> MailboxRows.due(sql, now, MOST_AT_A_TURN));
    var room = new Semaphore(AT_ONCE);
    List<Thread> looking = due.stream().map(one -> start(one, room)).toList();
    for (Thread one : looking) await(one);
  }

  private Thread start(Stored stored, Semaphore room) {
    return Thread.ofVirtual()
        .name("returned-mail")
        .start(() -> {
          room.acquireUninterruptibly();
          try {
            lookInTurn(stored.mailbox());
          } catch (RuntimeException ourMistake) {
            LOG.error("Reading the mailbox of {} failed", stored.mailbox().account(), ourMistake);
          } finally {
            room.release();
          }
        });
  }

  /** A reader that hangs is cut off: on a virtual thread that closes its connection. */
  private static void await(Thread looking) {
    try {
      if (!looking.join(LONGEST)) looking.interrupt();
    } catch (InterruptedException stop) {
      looking.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void lookInTurn(ReadMailbox mailbox) {
    Optional<Account> account = accounts.find(mailbox.company(), mailbox.account());
    if (account.isEmpty()) {
      database.run(sql -> MailboxRows.delete(sql, mailbox.company(), mailbox.account()));
      return;
    }
    Optional<Stored> mine =
        database.write(sql -> {
          Instant now = sql.now();
          return MailboxRows.claim(sql, mailbox, now, now.plus(BETWEEN))
              ? MailboxRows.find(sql, mailbox.company(), mailbox.account())
              : Optional.<Stored>empty();
        });
    if (mine.isPresent() && account.get().active()) look(account.get(), mine.get());
  }

  private void look(Account account, Stored stored) {
    Trouble trouble = null;
    boolean more = false;
    try {
      more = read(account, stored, places.of(account, stored));
    } catch (CannotRead cannot) {
      trouble = cannot.trouble();
    }
    Duration pause = trouble != null ? trouble.kind().pause() : more ? Duration.ZERO : BETWEEN;
    Trouble found = trouble;
    database.run(sql -> {
      Instant now = sql.now();
      MailboxRows.looked(sql, stored.mailbox(), now, now.plus(pause), found);
    });
  }

  /** With a renewed token once more, where the one that should have been good was refused. */
  private boolean read(Account account, Stored stored, Where where) throws CannotRead {
    try {
      return read(stored, where);
    } catch (CannotRead cannot) {
      Optional<Where> again =
          cannot.trouble().kind() == Trouble.Kind.SIGN_IN
              ? places.again(account, where, stored)
              : Optional.empty();
      if (again.isEmpty()) throw cannot;
      return read(stored, again.get());
    }
  }

  private boolean read(Stored stored, Where where) throws CannotRead {
    MailboxReader reader =
        readers.stream().filter(one -> one.reads(where)).findFirst().orElseThrow();
    var look = new OneLook(database, bounces, stored, source(where));
    try {
      reader.read(where, since(stored.mailbox()), look);
    } finally {
      look.note();
    }
    return look.stopped();
  }

  private Instant since(ReadMailbox mailbox) {
    Instant worked = mailbox.workedAt();
    return worked == null ? database.now().minus(FIRST_LOOK_BACK) : worked.minus(LOOK_BACK);
  }

  private static Bounce.Source source(Where where) {
    return switch (where) {
      case Where.Imap _ -> Bounce.Source.IMAP;
      case Where.Graph _ -> Bounce.Source.GRAPH;
      case Where.Gmail _ -> Bounce.Source.GMAIL;
      case Where.Exchange _ -> Bounce.Source.EXCHANGE;
    };
  }

  private Account changeable(Caller caller, String accountId) {
    Account account = accounts.get(caller, accountId);
    if (!accounts.mayChange(caller, account))
      throw Problem.of(403, "forbidden", "Only an administrator or its owner may change this.");
    if (way(account) == Way.NONE)
      throw Problem.conflict("no_mailbox", "Nothing leaves this account, so nothing comes back.");
    return account;
  }

  /** A kept password never goes to another server than it was given for. */
  private @Nullable String password(
      Account account, MailboxChange change, @Nullable Stored before) {
    if (change.server() == null) return null;
    if (change.password() != null)
      return change.password().isEmpty()
          ? null
          : places.sealed(account.company(), account.id(), change.password());
    Server old = before == null ? null : before.mailbox().server();
    boolean sameServer = old != null && old.host().equalsIgnoreCase(change.server().host());
    return before != null && sameServer ? before.password() : null;
  }

  private static boolean sameBox(ReadMailbox one, ReadMailbox other) {
    Server a = one.server();
    Server b = other.server();
    if (a == null || b == null) return a == b;
    return a.host().equalsIgnoreCase(b.host())
        && java.util.Objects.equals(a.username(), b.username());
  }

  private static String words(ReadMailbox mailbox) {
    if (!mailbox.enabled()) return "off";
    Server server = mailbox.server();
    return server == null ? "on" : "on, " + server.host() + ":" + server.port();
  }
}
