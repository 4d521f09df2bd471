package org.postroom.diagnosis;

import static org.postroom.transport.Stage.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Stage;

/**
 * Which lines a check has, in which order, and which stages of the conversation each stands for.
 */
record Plan(List<Line> lines) {
  static final String SETTINGS = "settings";
  static final String SIGN_IN_SERVICE = "sign_in_service";
  static final String CONSENT = "consent";
  static final String RENEWAL = "authenticate";
  static final String DOMAIN = "domain";

  /**
   * @param passed sentence for people when it went well
   */
  record Line(String name, String label, String passed, Set<Stage> covers) {}

  static Plan of(Account account, String testTo, boolean domain) {
    List<Line> lines = new ArrayList<>();
    add(lines, SETTINGS, "Look over the settings", "Nothing speaks against them");
    switch (account.connection()) {
      case Connection.Smtp smtp -> smtp(lines, account, smtp, testTo);
      case Connection.Microsoft microsoft ->
          provider(
              lines,
              account,
              "Microsoft",
              microsoft.route() == Connection.Microsoft.Route.SMTP,
              testTo);
      case Connection.Google google ->
          provider(
              lines, account, "Google", google.route() == Connection.Google.Route.SMTP, testTo);
      case Connection.Exchange exchange -> exchange(lines, account, exchange, testTo);
      case Connection.Local _ ->
          add(
              lines,
              "content",
              "Put a test message into the local mailbox",
              "It lies under Caught mail",
              RESOLVE,
              CONNECT,
              TLS,
              GREET,
              AUTHENTICATE,
              SENDER,
              RECIPIENT,
              CONTENT);
    }
    if (domain)
      add(
          lines,
          DOMAIN,
          "Look at the records of " + account.email().domain(),
          "All as it should be");
    return new Plan(List.copyOf(lines));
  }

  private static void smtp(List<Line> lines, Account account, Connection.Smtp smtp, String testTo) {
    add(lines, "resolve", "Find the mail server", smtp.host() + " was found", RESOLVE);
    add(lines, "connect", "Reach it on port " + smtp.port(), "The server picked up", CONNECT);
    // The greeting comes before the encryption, or inside it.
    if (smtp.security() == Security.TLS) privacy(lines);
    add(lines, "greet", "Hear its greeting", "The server said hello", GREET);
    if (smtp.security() == Security.STARTTLS) privacy(lines);
    if (smtp.auth())
      add(
          lines,
          "authenticate",
          "Sign in as " + smtp.username(),
          "User name and password were accepted",
          AUTHENTICATE);
    sender(lines, account);
    add(lines, "recipient", "Name " + testTo + " as recipient", "The server takes it", RECIPIENT);
    content(lines, testTo, CONTENT);
  }

  private static void provider(
      List<Line> lines, Account account, String provider, boolean smtp, String testTo) {
    String service = "Reach " + provider + "'s sign-in";
    add(lines, SIGN_IN_SERVICE, service, provider + " answered");
    add(lines, CONSENT, "Look whether you consented", "The permission to send is there");
    add(lines, RENEWAL, "Renew the sign-in", "The sign-in is fresh");
    String where = smtp ? provider + "'s mail server" : provider + "'s mail service";
    add(lines, "connect", "Reach " + where, where + " answered", RESOLVE, CONNECT, TLS, GREET);
    add(lines, "mailbox", "Open the mailbox", "The sign-in was accepted there", AUTHENTICATE);
    sender(lines, account);
    content(lines, testTo, RECIPIENT, CONTENT);
  }

  private static void exchange(
      List<Line> lines, Account account, Connection.Exchange exchange, String testTo) {
    boolean https = "https".equals(exchange.uri().getScheme());
    int given = exchange.uri().getPort();
    int port = given > 0 ? given : https ? 443 : 80;
    String host = String.valueOf(exchange.uri().getHost());
    add(lines, "resolve", "Find the Exchange server", host + " was found", RESOLVE);
    add(lines, "connect", "Reach it on port " + port, "The server picked up", CONNECT);
    if (https) add(lines, "tls", "Look at its certificate", "The connection is encrypted", TLS);
    add(
        lines,
        "authenticate",
        "Sign in as " + exchange.username(),
        "User name and password were accepted",
        GREET,
        AUTHENTICATE);
    sender(lines, account);
    content(lines, testTo, RECIPIENT, CONTENT);
  }

  private static void privacy(List<Line> lines) {
    add(lines, "tls", "Make the connection private", "The connection is encrypted", TLS);
  }

  private static void sender(List<Line> lines, Account account) {
    String email = account.email().spec();
    add(lines, "sender", "Send as " + email, "The server lets you send as this address", SENDER);
  }

  private static void content(List<Line> lines, String testTo, Stage... covers) {
    add(
        lines,
        "content",
        "Hand over a test message",
        "Taken. Look into the inbox of " + testTo,
        covers);
  }

  private static void add(
      List<Line> lines, String name, String label, String passed, Stage... covers) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    stages.addAll(List.of(covers));
    lines.add(new Line(name, label, passed, stages));
  }
}
