package org.postroom.mail;

import java.util.List;

/**
 * Who hands over and to whom (RFC 5321): not what the headers say.
 *
 * @param sender the return path, where bounces go
 * @param recipients at least one, each once
 */
public record Envelope(Address sender, List<Address> recipients) {
  public Envelope {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) throw new IllegalArgumentException("An envelope needs a recipient.");
  }

  /** The same sender with fewer recipients: those still open after a partial answer. */
  public Envelope to(List<Address> open) {
    return new Envelope(sender, open);
  }

  public boolean needsSmtpUtf8() {
    return sender.needsSmtpUtf8() || recipients.stream().anyMatch(Address::needsSmtpUtf8);
  }
}
