package org.postroom.testkit;

import java.util.Map;

/** What an {@link EwsServer} does once instead of its work. */
public sealed interface EwsFault {

  /** A response message of class Error in an HTTP 200. */
  record Refuses(String code, String text) implements EwsFault {}

  /** A SOAP fault in an HTTP 500. */
  record Faults(String code, String text) implements EwsFault {}

  /** "Busy, come again later", as a fault or wrapped into a response message. */
  record Busy(long backOffMillis, boolean wrapped) implements EwsFault {}

  /** Not Exchange but the web server speaks; {@code acts}: after the work was done. */
  record Web(int status, Map<String, String> headers, String body, boolean acts)
      implements EwsFault {
    public Web(int status, String body) {
      this(status, Map.of(), body, false);
    }
  }

  /** The connection ends without an answer; {@code acts}: after the work was done. */
  record HangsUp(boolean acts) implements EwsFault {}

  /** Nothing comes; {@code acts}: the work was done. */
  record Silent(boolean acts) implements EwsFault {}

  /** These bytes come instead of an answer; then the connection ends. */
  record Says(String bytes, boolean acts) implements EwsFault {}
}
