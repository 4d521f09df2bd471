package org.postroom.bounces;

import org.postroom.bounces.reading.Reading;

/** Reads mail that came back. */
public final class ReturnedMail {
  private ReturnedMail() {}

  /**
   * What this mail says of ours. Line ends may be CRLF, LF or CR; what does not keep to the
   * standards is read as far as it goes.
   *
   * @param mime the whole mail; only its first {@value Reading#MOST_BYTES} bytes are looked at
   * @return a value for any input; {@link Returned.Kind#NOT_A_REPORT} where it tells nothing
   */
  public static Returned read(byte[] mime) {
    try {
      return Reading.read(mime);
    } catch (RuntimeException ours) {
      // A mail from outside must never stop the reading of those behind it.
      return Returned.notAReport();
    }
  }
}
