package org.postroom.transport;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.Envelope;

/**
 * A message ready to hand over.
 *
 * @param envelope who hands over and to whom
 * @param content the finished MIME message, lines ended by CRLF, no dot-stuffing
 * @param envelopeId told to servers that report later (ENVID of RFC 3461), so that their reports
 *     name it; null: none
 */
public record Submission(Envelope envelope, byte[] content, @Nullable String envelopeId) {
  public Submission(Envelope envelope, byte[] content) {
    this(envelope, content, null);
  }
}
