package org.postroom.transport.ews;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Stage;

/**
 * Exchange keeps a message that it refused to send among the drafts; each further try would leave
 * another. Deletes that draft and never anything else: only by the id we were given, or where the
 * Message-ID is letter for letter ours.
 */
final class Leftover {
  private static final int MOST = 10;

  private final Session session;
  private final byte[] mime;

  Leftover(Session session, byte[] mime) {
    this.session = session;
    this.mime = mime;
  }

  /** Nothing here changes the outcome: what cannot be cleaned up is only told. */
  void delete(ItemId item) {
    try {
      session.ask(Stage.CONTENT, requests -> requests.delete(item));
      session.listener().said("The draft left behind was deleted.");
    } catch (Stopped stopped) {
      session.listener().said("The draft left behind is still there: " + stopped.getMessage());
    }
  }

  /** Where we were told no id. */
  void findAndDelete() {
    String messageId = messageId();
    if (messageId == null) return;
    try {
      List<ItemId> found =
          session.ask(Stage.CONTENT, requests -> requests.find("drafts", messageId, MOST)).items();
      found.stream().filter(item -> messageId.equals(item.messageId())).forEach(this::delete);
    } catch (Stopped stopped) {
      session.listener().said("No draft could be looked for: " + stopped.getMessage());
    }
  }

  private @Nullable String messageId() {
    try {
      var headers = new InternetHeaders(new ByteArrayInputStream(mime), true);
      String value = headers.getHeader("Message-ID", null);
      return value == null || value.isBlank() ? null : value.strip();
    } catch (MessagingException unreadable) {
      return null;
    }
  }
}
