package org.postroom.bounces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.MailboxView;
import org.postroom.transport.MailboxView.Mail;
import org.postroom.transport.MailboxView.Opened;
import org.postroom.transport.MailboxView.Unseen;
import org.springframework.stereotype.Component;

/**
 * Reads by the company's own Exchange server, with the sign-in that sends, in the order mails came.
 * The mark is that of Graph: a second, and the mails of it that were read.
 */
@Component
class ExchangeReader implements MailboxReader {
  /** More than a mark remembers of one second, so that each page leads further. */
  private static final int PAGE = 100;

  /** Exchange gives mails whole. A report that is larger holds more than anybody needs. */
  private static final long LARGEST = 16L * 1024 * 1024;

  private final MailboxView exchange;

  ExchangeReader(MailboxView exchange) {
    this.exchange = exchange;
  }

  @Override
  public boolean reads(Where where) {
    return where instanceof Where.Exchange;
  }

  @Override
  public void read(Where where, Instant since, Sink sink) throws CannotRead {
    Where.Exchange place = (Where.Exchange) where;
    try (Opened opened = exchange.open(place.login())) {
      read(opened, "inbox", since, sink);
      if (place.folders().junk()) read(opened, "junkemail", since, sink);
    } catch (Unseen unseen) {
      throw cannot(unseen.failure());
    }
  }

  private static void read(Opened opened, String folder, Instant since, Sink sink) throws Unseen {
    Mark mark = Mark.parse(sink.position().mark("exchange/" + folder).orElse(null), since);
    while (!sink.enough()) {
      List<Mail> page = opened.received(folder, mark.at(), PAGE);
      for (Mail mail : page) {
        if (sink.enough()) return;
        var at = new Mark(mail.received(), Set.of(mail.id()));
        if (mark.has(at) || mail.received().isBefore(since)) continue;
        take(opened, mail, sink);
        mark = mark.then(at);
        sink.reached("exchange/" + folder, mark.text());
      }
      if (page.size() < PAGE) return;
      // A page of one second alone would come again for ever.
      boolean stuck = page.getLast().received().equals(page.getFirst().received());
      if (stuck) mark = new Mark(page.getLast().received().plus(Duration.ofSeconds(1)), Set.of());
    }
  }

  private static void take(Opened opened, Mail mail, Sink sink) throws Unseen {
    if (mail.size() > LARGEST) return;
    Optional<byte[]> content = opened.content(mail);
    if (content.isPresent()) sink.take(content.get(), mail.received());
  }

  private static CannotRead cannot(Failure failure) {
    return new CannotRead(
        kind(failure), "Exchange did not let us read the mailbox. " + failure.reply().line());
  }

  private static Trouble.Kind kind(Failure failure) {
    return switch (failure.stage()) {
      case RESOLVE, CONNECT -> Trouble.Kind.UNREACHABLE;
      case TLS -> Trouble.Kind.NOT_PRIVATE;
      case AUTHENTICATE -> Trouble.Kind.SIGN_IN;
      default ->
          failure.kind() == FailureKind.SERVER_BUSY || failure.kind() == FailureKind.RATE_LIMITED
              ? Trouble.Kind.BUSY
              : failure.reply().line().contains("ErrorAccessDenied")
                  ? Trouble.Kind.PERMISSION
                  : Trouble.Kind.OTHER;
    };
  }
}
