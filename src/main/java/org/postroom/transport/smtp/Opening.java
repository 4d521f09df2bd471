package org.postroom.transport.smtp;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.wire.Reach;
import org.postroom.transport.wire.Stopwatch;
import org.postroom.transport.wire.Unreached;

/** Opens a connection up to the point where mail may be handed over. */
final class Opening {
  private final Reach reach;
  private final Privacy privacy;
  private final Patience patience;
  private final @Nullable String ourName;

  /**
   * @param ourName a domain of ours for EHLO; null: our address (RFC 5321 4.1.3)
   */
  Opening(Reach reach, Privacy privacy, Patience patience, @Nullable String ourName) {
    this.reach = reach;
    this.privacy = privacy;
    this.patience = patience;
    this.ourName = ourName;
  }

  Session open(Login.Smtp login, Conversation conversation, Watch watch) throws Stopped {
    Wire wire = wire(dial(login, conversation));
    watch.add(wire);
    boolean open = false;
    try {
      var session = new Session(wire, patience, conversation);
      introduce(session, login, conversation);
      signIn(session, login, conversation);
      open = true;
      return session;
    } finally {
      if (!open) wire.abort();
    }
  }

  private Socket dial(Login.Smtp login, Conversation conversation) throws Stopped {
    try {
      return reach.reach(login.host(), login.port(), conversation);
    } catch (Unreached nobody) {
      throw new Stopped(
          SmtpTrouble.account(nobody.kind(), nobody.stage(), Reply.none(nobody.what())), false);
    }
  }

  private static Wire wire(Socket socket) throws Stopped {
    try {
      return new Wire(socket);
    } catch (IOException failure) {
      throw new Stopped(SmtpTrouble.of(Stage.CONNECT, failure, false), false);
    }
  }

  private void introduce(Session session, Login.Smtp login, Conversation conversation)
      throws Stopped {
    var clock = new Stopwatch();
    if (login.security() == Security.TLS) {
      String evidence = privacy.secure(session.wire(), login.host());
      conversation.passed(Stage.TLS, evidence, clock.took());
    }
    String banner = greeting(session, login.port());
    greet(session);
    if (login.security() == Security.STARTTLS) {
      startTls(session);
      String evidence = privacy.secure(session.wire(), login.host());
      conversation.passed(Stage.TLS, evidence, clock.took());
      greet(session); // RFC 3207 4.2: what was said before TLS is forgotten.
    }
    conversation.passed(Stage.GREET, banner, clock.took());
  }

  private String greeting(Session session, int port) throws Stopped {
    Reply banner;
    try {
      banner = session.hear(Stage.GREET, patience.command());
    } catch (Stopped stopped) {
      throw stopped.answered() ? stopped : silent(stopped.trouble().failure(), port);
    }
    if (banner.code() == 220) return banner.line();
    throw new Stopped(SmtpTrouble.of(Stage.GREET, banner), true);
  }

  /** A server that never greets tells most by its port. */
  private static Stopped silent(Failure failure, int port) {
    if (failure.kind() == FailureKind.PROTOCOL_BROKEN)
      return new Stopped(new Trouble(failure, false), false);
    String what = "No greeting came on port " + port + ". " + failure.reply().text();
    return new Stopped(SmtpTrouble.account(failure.kind(), Stage.GREET, Reply.none(what)), false);
  }

  private void greet(Session session) throws Stopped {
    Reply reply = session.ask("EHLO " + ourName(session), Stage.GREET);
    if (reply.code() == 250) {
      session.capabilities(Capabilities.of(session.lastLines()));
      return;
    }
    session.capabilities(Capabilities.NONE);
    boolean unknown = reply.code() == 500 || reply.code() == 502;
    if (unknown) reply = session.ask("HELO " + ourName(session), Stage.GREET);
    if (reply.code() != 250) throw new Stopped(SmtpTrouble.of(Stage.GREET, reply), true);
  }

  private static void startTls(Session session) throws Stopped {
    if (!session.capabilities().startTls())
      throw noTls("The server offers no STARTTLS on this port.");
    Reply reply = session.ask("STARTTLS", Stage.TLS);
    if (reply.code() != 220) throw new Stopped(SmtpTrouble.of(Stage.TLS, reply), true);
    // Text behind the 220 was not encrypted but would be read as if it were (CVE-2011-0411).
    if (session.wire().hasBuffered())
      throw new Stopped(
          SmtpTrouble.account(
              FailureKind.PROTOCOL_BROKEN,
              Stage.TLS,
              Reply.none("Somebody sent text between STARTTLS and the encryption.")),
          false);
    session.capabilities(Capabilities.NONE);
  }

  private static void signIn(Session session, Login.Smtp login, Conversation conversation)
      throws Stopped {
    if (login.credentials() == null) return;
    if (login.security() != Security.NONE && !session.wire().secured())
      throw noTls("The connection is not private; the password was not sent.");
    var clock = new Stopwatch();
    String evidence = new SignIn(session).with(login.credentials());
    conversation.passed(Stage.AUTHENTICATE, evidence, clock.took());
  }

  private static Stopped noTls(String what) {
    return new Stopped(
        SmtpTrouble.account(FailureKind.TLS_NOT_OFFERED, Stage.TLS, Reply.none(what)), false);
  }

  private String ourName(Session session) {
    if (ourName != null) return ourName;
    String address = session.wire().localAddress();
    int zone = address.indexOf('%');
    if (zone >= 0) address = address.substring(0, zone);
    return address.contains(":") ? "[IPv6:" + address + "]" : "[" + address + "]";
  }
}
