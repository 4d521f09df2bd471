package org.postroom.bounces;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.bounces.ReadMailbox.Server;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/** Whether what somebody typed about a mailbox can be right. */
final class MailboxChecks {
  private static final int LONGEST = 255;

  private MailboxChecks() {}

  /**
   * @param hasPassword whether one is kept for reading, or comes with the change
   */
  static void check(Account account, MailboxChange change, boolean hasPassword) {
    List<FieldError> errors = new ArrayList<>();
    boolean named = ReturnedMailboxes.mayName(account);
    boolean must = ReturnedMailboxes.way(account) == ReturnedMailboxes.Way.SERVER;
    if (must && change.enabled() && change.server() == null)
      errors.add(new FieldError("/host", "required", "Enter the IMAP server."));
    if (!named && change.server() != null)
      errors.add(
          new FieldError("/host", "not_here", "This account is read by its provider itself."));
    if (change.server() != null) {
      server(change.server(), errors);
      if (!hasPassword && !mayShare(sendingHost(account), change.server().host()))
        errors.add(
            new FieldError(
                "/password",
                "required",
                "The password for sending was given for "
                    + sendingHost(account)
                    + " only. Enter it again for this server."));
    }
    text("/folder", change.folder(), errors);
    if (change.folder().isBlank())
      errors.add(new FieldError("/folder", "required", "Enter the folder, usually INBOX."));
    text("/password", change.password(), errors);
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  /**
   * A password goes to no other place than it was given for: the same server, or its neighbour of
   * the same domain, as smtp.acme.example and imap.acme.example are.
   */
  static boolean mayShare(String sending, String reading) {
    String from = sending.toLowerCase(Locale.ROOT);
    String to = reading.toLowerCase(Locale.ROOT);
    if (from.equals(to)) return true;
    String domain = from.substring(from.indexOf('.') + 1);
    boolean mailName =
        from.matches("(smtps?|mail|mailout|out|outgoing|submission|post|relay)\\..+");
    return mailName && domain.contains(".") && to.substring(to.indexOf('.') + 1).equals(domain);
  }

  private static String sendingHost(Account account) {
    return switch (account.connection()) {
      case Connection.Smtp smtp -> smtp.host();
      case Connection.Exchange exchange -> String.valueOf(exchange.uri().getHost());
      default -> "";
    };
  }

  private static void server(Server server, List<FieldError> errors) {
    if (!server.host().matches("[A-Za-z0-9._:\\[\\]-]{1,255}"))
      errors.add(
          new FieldError("/host", "invalid", "Enter a server name such as imap.acme.example."));
    if (server.port() < 1 || server.port() > 65535)
      errors.add(new FieldError("/port", "out_of_range", "A port is between 1 and 65535."));
    text("/username", server.username(), errors);
  }

  private static void text(String field, @Nullable String value, List<FieldError> errors) {
    if (value == null) return;
    boolean control = value.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    if (control || value.length() > LONGEST)
      errors.add(
          new FieldError(field, "invalid", "At most 255 characters, no control characters."));
  }
}
