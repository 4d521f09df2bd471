package org.postroom.partners;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Sql;

/** The SQL of recipient orders: content is JSON as the API speaks it. */
final class RecipientOrderRows {
  private RecipientOrderRows() {}

  static Optional<String> find(Sql sql, String company, Purpose purpose) {
    return sql.sql(
            "SELECT content FROM recipient_orders"
                + " WHERE company_id = :company AND purpose = :purpose")
        .param("company", company)
        .param("purpose", purpose.word())
        .query(String.class)
        .optional();
  }

  static Map<String, String> all(Sql sql, String company) {
    Map<String, String> byPurpose = new LinkedHashMap<>();
    sql.sql("SELECT purpose, content FROM recipient_orders WHERE company_id = :company")
        .param("company", company)
        .query(row -> {
          byPurpose.put(row.getString("purpose"), row.getString("content"));
        });
    return byPurpose;
  }

  static void put(Sql sql, String company, Purpose purpose, String content) {
    sql.sql(
            """
            INSERT INTO recipient_orders (company_id, purpose, content)
            VALUES (:company, :purpose, :content)
            ON CONFLICT (company_id, purpose) DO UPDATE SET content = excluded.content\
            """)
        .param("company", company)
        .param("purpose", purpose.word())
        .param("content", content)
        .update();
  }

  static void delete(Sql sql, String company, Purpose purpose) {
    sql.sql("DELETE FROM recipient_orders WHERE company_id = :company AND purpose = :purpose")
        .param("company", company)
        .param("purpose", purpose.word())
        .update();
  }
}
