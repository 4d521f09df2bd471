package org.postroom.compose;

import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** What a company chose about sending by hand. */
@Service
public class Sending {
  private static final int LONGEST_UNDO = 120;
  private static final int LONGEST_LINK = 365;
  private final Database database;
  private final Audit audit;

  Sending(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  public SendingChoices choices(String company) {
    return database.read(sql -> find(sql, company)).orElse(SendingChoices.DEFAULT);
  }

  /** Changes them; 422 where a number is out of range. */
  public void choose(Caller caller, SendingChoices wanted) {
    caller.require(Right.MANAGE_PEOPLE);
    if (wanted.undoSeconds() < 0 || wanted.undoSeconds() > LONGEST_UNDO)
      throw Problem.invalid("/undo_seconds", "out_of_range", "Undo takes 0 to 120 seconds.");
    if (wanted.linkDays() < 1 || wanted.linkDays() > LONGEST_LINK)
      throw Problem.invalid("/link_days", "out_of_range", "A link works for 1 to 365 days.");
    database.run(sql -> {
      SendingChoices before = find(sql, caller.company()).orElse(SendingChoices.DEFAULT);
      save(sql, caller.company(), wanted);
      audit.record(caller, "sending.changed", caller.company(), words(before), words(wanted));
    });
  }

  /** What goes out now can be taken back for some seconds. */
  Composition later(Composition composition) {
    int seconds = choices(composition.account().company()).undoSeconds();
    if (composition.sendAt() != null || seconds == 0) return composition;
    return composition.at(database.now().plusSeconds(seconds));
  }

  private static String words(SendingChoices choices) {
    return "undo %d s, links %s, %d days"
        .formatted(choices.undoSeconds(), choices.links() ? "on" : "off", choices.linkDays());
  }

  private static Optional<SendingChoices> find(Sql sql, String company) {
    return sql.sql(
            "SELECT undo_seconds, links, link_days FROM sending_choices WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> new SendingChoices(row.getInt(1), row.getLong(2) == 1, row.getInt(3)))
        .optional();
  }

  private static void save(Sql sql, String company, SendingChoices choices) {
    sql.sql(
            """
            INSERT INTO sending_choices (company_id, undo_seconds, links, link_days)
            VALUES (:company, :undo, :links, :days)
            ON CONFLICT (company_id) DO UPDATE SET undo_seconds = excluded.undo_seconds,
              links = excluded.links, link_days = excluded.link_days\
            """)
        .param("company", company)
        .param("undo", choices.undoSeconds())
        .param("links", Sql.bit(choices.links()))
        .param("days", choices.linkDays())
        .update();
  }
}
