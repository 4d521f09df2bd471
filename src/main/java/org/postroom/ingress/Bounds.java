package org.postroom.ingress;

import java.time.Duration;

/**
 * How much one program, or all together, may ask for. A submission server is open to whatever finds
 * its port.
 *
 * @param messageBytes the largest message, told with SIZE (RFC 1870)
 * @param contentBytes all contents being received, together: they stand in memory
 * @param recipients per message; what is beyond is refused for now, so that it comes separately
 * @param connections at the same time
 * @param connectionsPerAddress of them from one address
 * @param errors refused commands in one connection, then it ends
 * @param idleCommands commands without any message between two messages
 * @param command how long the next command may take (RFC 5321 4.5.3.2.7: at least five minutes)
 * @param signIn how long a connection may do without signing in
 * @param content how long one content may take altogether
 * @param farewell how long a content may still take once Postroom stops
 */
record Bounds(
    int messageBytes,
    long contentBytes,
    int recipients,
    int connections,
    int connectionsPerAddress,
    int errors,
    int idleCommands,
    Duration command,
    Duration signIn,
    Duration content,
    Duration farewell) {

  /** RFC 5321 4.5.3.1.4: a command line of 512 octets, more for extensions (AUTH: 12,288). */
  static final int COMMAND_LINE = 2048;

  /** RFC 4954 4: base64 lines of a sign-in. */
  static final int SIGN_IN_LINE = 12_288;

  /** RFC 5322 2.1.1: without the line end. */
  static final int CONTENT_LINE = 998;

  static Bounds usual() {
    return new Bounds(
        36_700_160,
        Runtime.getRuntime().maxMemory() / 4,
        1000,
        1000,
        200,
        20,
        3000,
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofSeconds(20));
  }
}
