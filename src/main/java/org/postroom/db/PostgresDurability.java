package org.postroom.db;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whether PostgreSQL keeps what it says it has committed. Mail is acknowledged after a commit; a
 * server that does not wait for its disk loses acknowledged mail in a power cut.
 */
final class PostgresDurability {
  /**
   * For each new connection: what the server or the user's settings left off is on for us. Any
   * other value than off (on, local, remote_write, remote_apply) waits for at least one disk.
   */
  static final String AT_CONNECT =
      "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

  private PostgresDurability() {}

  /** One sentence for each of the server's settings that only its administrator can change. */
  static List<String> warnings(Function<String, String> shown) {
    List<String> warnings = new ArrayList<>();
    if (shown.apply("fsync").equals("off"))
      warnings.add(
          "PostgreSQL runs with fsync off: after a power cut acknowledged mail may be lost and the database broken. Set fsync = on.");
    if (shown.apply("full_page_writes").equals("off"))
      warnings.add(
          "PostgreSQL runs with full_page_writes off: after a power cut pages may be torn. Set full_page_writes = on.");
    return warnings;
  }
}
