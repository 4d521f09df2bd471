package org.postroom.transport.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postroom.transport.Conversation;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.wire.IdlePool;

/**
 * A connection that speaks: commands, replies and what the server can do. Used by one thread at a
 * time; between messages it lies in the {@link IdlePool}.
 */
final class Session implements IdlePool.Connection {
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Wire wire;
  private final Patience patience;
  private Conversation listener;
  private List<String> secrets = List.of();
  private List<String> lastLines = List.of();
  private Capabilities capabilities = Capabilities.NONE;
  private int messages;
  private boolean usable = true;
  private volatile long idleSince;

  Session(Wire wire, Patience patience, Conversation listener) {
    this.wire = wire;
    this.patience = patience;
    this.listener = listener;
  }

  Wire wire() {
    return wire;
  }

  Patience patience() {
    return patience;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  void capabilities(Capabilities offered) {
    this.capabilities = offered;
  }

  /** The lines of the last reply, with their codes. */
  List<String> lastLines() {
    return lastLines;
  }

  /** Puts a command into the buffer; it leaves with the next {@link #flush}. */
  void say(String command, Stage stage) throws Stopped {
    say(command, command, stage);
  }

  /** Like {@link #say} where the listener must see something else. */
  void say(String command, String shown, Stage stage) throws Stopped {
    listener.said("C: " + shown);
    try {
      wire.put(command, patience.command());
    } catch (IOException failure) {
      throw lost(stage, failure);
    }
  }

  void flush(Stage stage) throws Stopped {
    try {
      wire.flush(patience.command());
    } catch (IOException failure) {
      throw lost(stage, failure);
    }
  }

  Reply ask(String command, Stage stage) throws Stopped {
    say(command, stage);
    flush(stage);
    return hear(stage, patience.command());
  }

  /** The next reply. A 421 ends the talk wherever it comes (RFC 5321 3.8). */
  Reply hear(Stage stage, Duration limit) throws Stopped {
    Reply reply;
    try {
      reply = read(limit);
    } catch (IOException failure) {
      broken();
      throw new Stopped(SmtpTrouble.of(stage, failure, wire.timedOut(failure)), false);
    }
    if (reply.code() != 421) return reply;
    broken();
    throw new Stopped(SmtpTrouble.of(stage, reply), true);
  }

  /** Writing failed: the server may have said why before it hung up. */
  Stopped lost(Stage stage, IOException failure) {
    broken();
    boolean timedOut = wire.timedOut(failure);
    try {
      if (!timedOut) {
        Reply reply = read(FAREWELL);
        if (reply.code() >= 400) return new Stopped(SmtpTrouble.of(stage, reply), true);
      }
    } catch (IOException nothingSaid) {
      // The first failure tells more.
    }
    return new Stopped(SmtpTrouble.of(stage, failure, timedOut), false);
  }

  private Reply read(Duration limit) throws IOException {
    List<String> lines = new ArrayList<>();
    try {
      Reply reply = Replies.read(wire, System.nanoTime() + limit.toNanos(), lines);
      return secrets.isEmpty() ? reply : masked(reply);
    } finally {
      lastLines = lines;
      lines.forEach(line -> listener.said("S: " + mask(line)));
    }
  }

  /** From now on these are struck out of whatever the server says. */
  void hide(List<String> secrets) {
    this.secrets = secrets.stream().filter(secret -> secret.length() > 3).toList();
  }

  private Reply masked(Reply reply) {
    return new Reply(reply.code(), reply.enhanced(), mask(reply.text()));
  }

  private String mask(String text) {
    String masked = text;
    for (String secret : secrets) masked = masked.replace(secret, "****");
    return masked;
  }

  /** Forgets a message that did not go, so that the next one finds a clean server. */
  void reset() {
    if (!usable) return;
    try {
      if (!ask("RSET", Stage.SENDER).positive()) broken();
    } catch (Stopped gone) {
      broken();
    }
  }

  @Override
  public void attach(Conversation conversation) {
    this.listener = conversation;
  }

  void countMessage() {
    messages++;
  }

  @Override
  public int messages() {
    return messages;
  }

  @Override
  public boolean usable() {
    return usable;
  }

  void broken() {
    usable = false;
  }

  /** What a server says to a resting connection is its farewell. */
  @Override
  public boolean alive() {
    if (wire.hasUnread()) broken();
    return usable;
  }

  @Override
  public void rest() {
    idleSince = System.nanoTime();
  }

  @Override
  public boolean restedLongerThan(Duration limit) {
    return System.nanoTime() - idleSince > limit.toNanos();
  }

  /** Says QUIT where that is possible and closes. */
  @Override
  public void close() {
    if (usable) {
      try {
        wire.put("QUIT", FAREWELL);
        wire.flush(FAREWELL);
        read(FAREWELL);
      } catch (IOException gone) {
        // It is closed either way.
      }
    }
    broken();
    wire.abort();
  }
}
