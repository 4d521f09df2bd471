package org.postroom.outbox;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.http.Slice;

/** Pages of the outbox, the newest first. */
final class ListRows {
  /** How many messages one page of a search looks through for a part of a word. */
  static final int LOOKED_THROUGH = 20_000;

  /** Ids of messages that are about, for or to exactly what was typed; each part has its index. */
  private static final String EXACTLY =
      """
      SELECT id FROM messages WHERE company_id = :company AND document_number IN (:typed)
      UNION ALL SELECT message_id FROM message_documents WHERE company_id = :company AND document_number IN (:typed)
      UNION ALL SELECT id FROM messages WHERE company_id = :company AND partner IN (:typed)
      UNION ALL SELECT message_id FROM message_recipients WHERE company_id = :company AND address IN (:typed)
      UNION ALL SELECT id FROM messages WHERE company_id = :company AND message_id IN (:typed)\
      """;

  private static final String CONTAINS =
      """
      (lower(subject) LIKE :text ESCAPE '!' OR lower(coalesce(document_number, '')) LIKE :text ESCAPE '!'
        OR lower(coalesce(partner, '')) LIKE :text ESCAPE '!' OR EXISTS (SELECT 1 FROM message_recipients r
          WHERE r.company_id = messages.company_id AND r.message_id = messages.id AND lower(r.address) LIKE :text ESCAPE '!'))\
      """;

  private ListRows() {}

  static Slice<Message> page(
      Sql sql, String company, MessageFilter filter, int limit, @Nullable String cursor) {
    return page(sql, company, filter, limit, cursor, LOOKED_THROUGH);
  }

  /**
   * @param through how many messages to look through for a part of a word
   */
  static Slice<Message> page(
      Sql sql,
      String company,
      MessageFilter filter,
      int limit,
      @Nullable String cursor,
      int through) {
    List<Conditions> each = Conditions.each(company, filter);
    each.forEach(one -> one.olderThan(cursor));
    String text = filter.text() == null ? "" : filter.text().strip();
    if (text.isEmpty()) return page(sql, company, each, limit);
    List<String> typed = typed(text);
    if (!known(sql, company, typed)) return lookedThrough(sql, company, each, text, limit, through);
    each.forEach(one -> one.and("id IN (" + EXACTLY + ")").with("typed", typed));
    return page(sql, company, each, limit);
  }

  private static Slice<Message> page(Sql sql, String company, List<Conditions> each, int limit) {
    List<Message> bare =
        each.stream()
            .flatMap(one -> newest(sql, one, limit + 1).stream())
            .sorted(Comparator.comparing(Message::id).reversed())
            .limit(limit + 1L)
            .toList();
    return Slice.of(MessageRows.withRecipients(sql, company, bare), limit, Message::id);
  }

  private static List<Message> newest(Sql sql, Conditions conditions, int most) {
    return sql.sql(
            "SELECT * FROM messages WHERE company_id = :company"
                + conditions.text()
                + " ORDER BY id DESC LIMIT :most")
        .params(conditions.params())
        .param("most", most)
        .query((row, n) -> MessageRows.message(row, List.of()))
        .list();
  }

  /** Its cursor goes on behind what was looked through, also where little or nothing was found. */
  private static Slice<Message> lookedThrough(
      Sql sql, String company, List<Conditions> each, String text, int limit, int through) {
    Optional<String> last =
        each.stream()
            .flatMap(one -> last(sql, one, through).stream())
            .max(Comparator.naturalOrder());
    each.forEach(one -> one.and(CONTAINS).with("text", "%" + literal(text) + "%"));
    last.ifPresent(id -> each.forEach(one -> one.and("id >= :last").with("last", id)));
    Slice<Message> found = page(sql, company, each, limit);
    return found.hasMore() || last.isEmpty()
        ? found
        : new Slice<>(found.data(), true, last.orElseThrow());
  }

  /** Where a page stops to look; empty where it comes to the end. */
  private static Optional<String> last(Sql sql, Conditions conditions, int through) {
    return sql.sql(
            "SELECT id FROM messages WHERE company_id = :company"
                + conditions.text()
                + " ORDER BY id DESC LIMIT 1 OFFSET :through")
        .params(conditions.params())
        .param("through", through)
        .query((row, n) -> row.getString(1))
        .optional();
  }

  private static boolean known(Sql sql, String company, List<String> typed) {
    return sql.sql(
                "SELECT count(*) FROM (SELECT 1 FROM ("
                    + EXACTLY
                    + ") AS found LIMIT 1) AS any_found")
            .param("company", company)
            .param("typed", typed)
            .query(Long.class)
            .single()
        > 0;
  }

  /** Numbers, references and addresses stand there as their makers wrote them. */
  private static List<String> typed(String text) {
    return Stream.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private static String literal(String text) {
    return text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
