package org.postroom.transport.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A message in the pieces that Graph's JSON has. What JSON cannot say is not here: the plain text
 * beside HTML (Exchange makes its own), the date, and headers that do not start with X-.
 *
 * @param headers names that start with X-
 * @param unsubscribe the value of List-Unsubscribe
 */
record Letter(
    String subject,
    boolean html,
    String body,
    @Nullable Address from,
    List<Address> to,
    List<Address> cc,
    List<Address> bcc,
    List<Address> replyTo,
    @Nullable String messageId,
    List<Header> headers,
    @Nullable String unsubscribe,
    List<Piece> pieces) {

  record Header(String name, String value) {}

  /**
   * @param contentId by which the HTML shows it, without angle brackets; null for a file
   */
  record Piece(String name, String contentType, @Nullable String contentId, byte[] content) {}
}
