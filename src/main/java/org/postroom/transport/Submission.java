package org.postroom.transport;

import org.postroom.mail.Envelope;

/**
 * A message ready to hand over.
 *
 * @param envelope who hands over and to whom
 * @param content the finished MIME message, lines ended by CRLF, no dot-stuffing
 */
public record Submission(Envelope envelope, byte[] content) {}
