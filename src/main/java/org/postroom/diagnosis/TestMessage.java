package org.postroom.diagnosis;

import java.net.IDN;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.mail.Mime;
import org.postroom.transport.Submission;

/** The real message that a check hands over. */
record TestMessage(String id, Account account, Address to, Instant at, ZoneId zone) {

  Submission submission() {
    var mime =
        new Mime(
            "<" + id + "@" + domain() + ">",
            at,
            zone,
            account.sender(),
            List.of(),
            List.of(to),
            List.of(),
            "Test message: “" + account.name() + "” can send",
            true,
            text(),
            null,
            List.of());
    return new Submission(new Envelope(account.email(), List.of(to)), mime.bytes());
  }

  private String text() {
    return """
    Good news: this message came through.

    It is the last step of the connection check of the email account
    “%s” (%s). The server was found, the sign-in worked,
    and a message to this address was taken.

    Two things are worth a look:
      - Is the sender of this message the address you expect?
      - Did it arrive in the inbox, and not in the junk folder?

    Nothing else needs to be done with it.
    """
        .formatted(account.name(), account.email().spec());
  }

  private String domain() {
    try {
      String ascii = IDN.toASCII(account.email().domain(), IDN.ALLOW_UNASSIGNED);
      String name = ascii.toLowerCase(Locale.ROOT);
      return name.matches("[a-z0-9.-]+") ? name : "postroom.invalid";
    } catch (IllegalArgumentException noDomain) {
      return "postroom.invalid";
    }
  }
}
