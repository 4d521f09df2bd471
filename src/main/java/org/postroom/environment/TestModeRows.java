package org.postroom.environment;

import java.sql.ResultSet;
import java.sql.SQLException;
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

  /** What decides whether mail leaves. */
  record Now(Standing standing, TestMode mode) {}

  static Optional<TestMode> find(Sql sql, String company) {
    return sql.sql(
            "SELECT mode, redirect_to, allowed, version FROM test_modes WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> mode(row))
        .optional();
  }

  /** The company's mode with the standing of the installation: asked for each message that goes. */
  static Now now(Sql sql, String company, String environment) {
    return sql.sql(
            """
            SELECT t.mode, t.redirect_to, t.allowed, t.version, e.id, e.test_copy
            FROM installation_environment e LEFT JOIN test_modes t ON t.company_id = :company
            WHERE e.slot = 1
            """)
        .param("company", company)
        .query((row, n) ->
            new Now(
                EnvironmentRows.standing(environment, row.getString(5), row.getString(6)),
                row.getString(1) == null ? TestMode.OFF : mode(row)))
        .optional()
        .orElse(new Now(Standing.MUTED, TestMode.OFF));
  }

  private static TestMode mode(ResultSet row) throws SQLException {
    String to = row.getString(2);
    return new TestMode(
        Mode.of(row.getString(1)),
        to == null ? null : Address.of(to),
        lines(row.getString(3)),
        row.getLong(4));
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
