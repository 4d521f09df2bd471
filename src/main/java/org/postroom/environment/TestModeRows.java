package org.postroom.environment;

import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Sql;
import org.postroom.environment.TestMode.Mode;
import org.postroom.mail.Address;

/** The table {@code test_modes}. */
final class TestModeRows {
  private TestModeRows() {}

  static Optional<TestMode> find(Sql sql, String company) {
    return sql.sql(
            "SELECT mode, redirect_to, allowed, version FROM test_modes WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> {
          String to = row.getString(2);
          return new TestMode(
              Mode.of(row.getString(1)),
              to == null ? null : Address.of(to),
              lines(row.getString(3)),
              row.getLong(4));
        })
        .optional();
  }

  /** Zero where somebody else wrote that version or a later one. */
  static int save(Sql sql, String company, TestMode mode) {
    return sql.sql(
            """
            INSERT INTO test_modes (company_id, mode, redirect_to, allowed, version)
            VALUES (:company, :mode, :to, :allowed, :version)
            ON CONFLICT (company_id) DO UPDATE SET
              mode = excluded.mode, redirect_to = excluded.redirect_to, allowed = excluded.allowed,
              version = excluded.version
            WHERE test_modes.version = excluded.version - 1
            """)
        .param("company", company)
        .param("mode", mode.mode().word())
        .param("to", mode.redirectTo() == null ? null : mode.redirectTo().spec(), Types.VARCHAR)
        .param("allowed", String.join("\n", mode.allowed()))
        .param("version", mode.version())
        .update();
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
  }
}
