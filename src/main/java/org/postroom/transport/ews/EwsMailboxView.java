package org.postroom.transport.ews;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;
import org.postroom.transport.MailboxView;
import org.postroom.transport.Stage;
import org.springframework.stereotype.Component;

/** Looks into mailboxes by FindItem and GetItem, over a connection of its own. */
@Component
class EwsMailboxView implements MailboxView {
  private final EwsTransport transport;

  EwsMailboxView(EwsTransport transport) {
    this.transport = transport;
  }

  @Override
  public boolean views(Login login) {
    return login instanceof Login.Ews;
  }

  @Override
  public Opened open(Login login) throws Unseen {
    if (!(login instanceof Login.Ews ews))
      throw new IllegalArgumentException("This adapter speaks EWS.");
    try {
      return new Looking(transport.open(ews));
    } catch (Stopped stopped) {
      throw unseen(stopped);
    }
  }

  private static Unseen unseen(Stopped stopped) {
    return new Unseen(stopped.trouble().failure());
  }

  private record Looking(Session session) implements Opened {
    @Override
    public List<Mail> received(String folder, Instant from, int most) throws Unseen {
      try {
        return session
            .ask(Stage.RECIPIENT, requests -> requests.received(folder, from, most))
            .mails();
      } catch (Stopped stopped) {
        throw unseen(stopped);
      }
    }

    @Override
    public Optional<byte[]> content(Mail mail) throws Unseen {
      try {
        byte @Nullable [] content =
            session.ask(Stage.RECIPIENT, requests -> requests.content(mail.id())).content();
        return Optional.ofNullable(content);
      } catch (Stopped stopped) {
        if (stopped.code().equals("ErrorItemNotFound")) return Optional.empty();
        throw unseen(stopped);
      }
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
