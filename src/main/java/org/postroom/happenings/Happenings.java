package org.postroom.happenings;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what happened, for companies that want to hear it; for others nothing is written.
 * Always inside the transaction that makes it true.
 */
public final class Happenings {
  /**
   * A subquery that counts whether the company {@code :company} wants to hear: for statements that
   * are run anyway, so that companies that do not want to hear pay nothing.
   */
  public static final String HEARD =
      "(SELECT count(*) FROM happening_feeds f WHERE f.company_id = :company)";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Happenings() {}

  /**
   * @param subject the id of what it happened to
   * @param facts what is known only at this moment; nulls are left out
   */
  public static void write(
      Sql sql,
      String company,
      HappeningType type,
      String subject,
      Map<String, ? extends @Nullable Object> facts,
      Instant at) {
    sql.sql(
            """
            INSERT INTO happenings (company_id, id, at, type, subject, facts)
            SELECT f.company_id, :id, :at, :type, :subject, :facts FROM happening_feeds f WHERE f.company_id = :company
            """)
        .param("id", Ids.next("hap"))
        .param("at", at.toEpochMilli())
        .param("type", type.word())
        .param("subject", subject)
        .param("facts", json(facts))
        .param("company", company)
        .update();
  }

  /**
   * The same for many at once.
   *
   * @param subjects a query of their ids, each with a prefix of three characters and an underscore
   * @param params its parameters; {@code company} is among them
   */
  public static void writeAll(
      Sql sql,
      HappeningType type,
      Map<String, ? extends @Nullable Object> facts,
      Instant at,
      String subjects,
      Map<String, String> params) {
    sql.sql(
            """
            INSERT INTO happenings (company_id, id, at, type, subject, facts)
            SELECT f.company_id, :entry || '_' || substr(s.id, 5), :at, :type, s.id, :facts
            FROM happening_feeds f CROSS JOIN (%s) s WHERE f.company_id = :company
            """
                .formatted(subjects))
        .param("entry", Ids.next("hap"))
        .param("at", at.toEpochMilli())
        .param("type", type.word())
        .param("facts", json(facts))
        .params(params)
        .update();
  }

  /**
   * From now on what happens in the company is written down. Places begin with the moment, so that
   * they go on rising where a company stops to listen and begins again.
   */
  public static void listen(Sql sql, String company) {
    sql.sql(
            """
            INSERT INTO happening_feeds (company_id, last_position, since) VALUES (:company, :now, :now)
            ON CONFLICT (company_id) DO NOTHING
            """)
        .param("company", company)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  /** Nobody wants to hear any more. What was written goes when it is too old. */
  public static void stopListening(Sql sql, String company) {
    sql.sql("DELETE FROM happening_feeds WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  private static String json(Map<String, ? extends @Nullable Object> facts) {
    Map<String, Object> known = new LinkedHashMap<>();
    facts.forEach((name, value) -> {
      if (value != null) known.put(name, value);
    });
    return JSON.writeValueAsString(known);
  }
}
