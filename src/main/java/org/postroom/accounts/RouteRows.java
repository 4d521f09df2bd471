package org.postroom.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Sql;

/** The SQL of routes. */
final class RouteRows {
  private RouteRows() {}

  static Optional<Route> find(Sql sql, String company, String documentKind) {
    return sql.sql(
            "SELECT * FROM account_routes"
                + " WHERE company_id = :company AND document_kind = :document_kind")
        .param("company", company)
        .param("document_kind", documentKind)
        .query(RouteRows::route)
        .optional();
  }

  static List<Route> list(Sql sql, String company) {
    return sql.sql(
            "SELECT * FROM account_routes WHERE company_id = :company ORDER BY document_kind")
        .param("company", company)
        .query(RouteRows::route)
        .list();
  }

  static void replace(Sql sql, String company, List<Route> routes) {
    sql.sql("DELETE FROM account_routes WHERE company_id = :company")
        .param("company", company)
        .update();
    for (Route route : routes) {
      sql.sql(
              """
              INSERT INTO account_routes (company_id, document_kind, account, template, layout)
              VALUES (:company, :document_kind, :account, :template, :layout)
              ON CONFLICT (company_id, document_kind) DO UPDATE SET account = excluded.account,
                template = excluded.template, layout = excluded.layout\
              """)
          .param("company", company)
          .param("document_kind", route.documentKind())
          .param("account", route.account(), Types.VARCHAR)
          .param("template", route.template(), Types.VARCHAR)
          .param("layout", route.layout(), Types.VARCHAR)
          .update();
    }
  }

  private static Route route(ResultSet row, int number) throws SQLException {
    return new Route(
        row.getString("document_kind"),
        row.getString("account"),
        row.getString("template"),
        row.getString("layout"));
  }
}
