package org.postroom.delivery;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/**
 * A server asks to slow down: with 429, by words and codes that the transports know, with 432, or
 * with 421, 452 and 4.7.x to the account. Greylisting and full mailboxes are the recipient's and no
 * such wish; a server that is away cannot wish anything.
 *
 * @param connections whether it complains of connections at once, not of messages
 * @param words what it said, as one line
 */
record SlowDown(boolean connections, String words) {
  private static final Pattern CONNECTIONS =
      Pattern.compile("connection|concurren|sender thread|parallel|sessions|too many clients");

  static Optional<SlowDown> of(Tried tried) {
    Failure failure = Tried.refusal(tried.outcome());
    if (failure == null || !asks(failure)) return Optional.empty();
    return Optional.of(new SlowDown(aboutConnections(failure), failure.reply().line()));
  }

  private static boolean asks(Failure failure) {
    if (failure.kind() == FailureKind.RATE_LIMITED) return true;
    Reply reply = failure.reply();
    if (failure.stage() == Stage.AUTHENTICATE || failure.scope() == Scope.RECIPIENT) return false;
    if (reply.code() == 432) return true;
    if (failure.scope() != Scope.ACCOUNT) return false;
    return switch (reply.code()) {
      case 421, 452 -> true;
      case 450, 451 -> startsWith(reply.enhanced(), "4.7.");
      default -> false;
    };
  }

  /** Before anything was said, a server that refuses means the connection. */
  private static boolean aboutConnections(Failure failure) {
    String text = failure.reply().text().toLowerCase(Locale.ROOT);
    boolean rate = text.contains("rate limit") || text.contains("messages per");
    boolean greeting = failure.stage() == Stage.CONNECT || failure.stage() == Stage.GREET;
    return !rate && (greeting || CONNECTIONS.matcher(text).find());
  }

  private static boolean startsWith(@Nullable String enhanced, String prefix) {
    return enhanced != null && enhanced.startsWith(prefix);
  }
}
