package org.postroom.suppression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.csv.BadCsv;
import org.postroom.csv.Columns;
import org.postroom.csv.Csv;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;
import org.springframework.stereotype.Service;

/** Blocked addresses as a table in a file, out and in. */
@Service
public class SuppressionTable {
  private static final Csv.Limits LIMITS = new Csv.Limits(5 * 1024 * 1024, 20_000, 50, 1000);
  private static final Map<String, Set<String>> FIELDS =
      new TreeMap<>(
          Map.of(
              "address", Set.of("email", "e_mail", "email_address", "recipient"),
              "note", Set.of("comment", "reason"),
              "cause", Set.of(),
              "since", Set.of("created_at", "date"),
              "blocked_by", Set.of(),
              "status", Set.of(),
              "reply", Set.of()));
  private static final int AT_ONCE = 200;
  private static final int MOST_TOLD = 20;
  private final Database database;
  private final Suppressions suppressions;
  private final Audit audit;

  SuppressionTable(Database database, Suppressions suppressions, Audit audit) {
    this.database = database;
    this.suppressions = suppressions;
    this.audit = audit;
  }

  /**
   * What an import did.
   *
   * @param known blocked before; they stay as they were
   */
  public record Imported(int added, int known) {}

  /** All of them, the newest first, line by line. */
  public Stream<String> lines(Caller caller) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Csv.line(Stream.of("address", "cause", "since", "blocked_by", "status", "reply", "note")));
    String cursor = null;
    do {
      var slice = suppressions.list(caller, SuppressionFilter.ALL, AT_ONCE, cursor);
      slice.data().forEach(one -> lines.add(line(one)));
      cursor = slice.nextCursor();
    } while (cursor != null);
    return lines.stream();
  }

  /**
   * Blocks all addresses of a file by hand: column {@code address}, and {@code note} if there is
   * one; what an export wrote besides is not read. All or nothing: 422 with every line that is
   * wrong.
   */
  public Imported take(Caller caller, byte[] file) {
    caller.require(Right.CHANGE_OTHERS_MAIL);
    Csv csv = read(file);
    Columns columns = Columns.of(csv.header(), FIELDS);
    if (!columns.fields().contains("address"))
      throw Problem.invalid("/file", "no_address", "The first line must name a column “address”.");
    List<Wanted> wanted = wanted(csv, columns);
    int added = 0;
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      List<Wanted> some = wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE));
      added +=
          database.write(sql ->
              (int)
                  some.stream()
                      .filter(one -> suppressions.add(sql, caller, one.address(), one.note()))
                      .count());
    }
    audit.record(caller, "suppressions.imported", caller.company(), null, added + " addresses");
    return new Imported(added, wanted.size() - added);
  }

  private record Wanted(Address address, @Nullable String note) {}

  private static List<Wanted> wanted(Csv csv, Columns columns) {
    List<Wanted> wanted = new ArrayList<>();
    List<FieldError> wrong = new ArrayList<>();
    for (Csv.Row row : csv.rows()) {
      String typed = columns.get(row, "address");
      if (typed.isEmpty()) continue;
      String trouble = Address.tryParse(typed).isPresent() ? null : "no address";
      if (trouble == null) wanted.add(new Wanted(Address.parse(typed), note(row, columns)));
      else if (wrong.size() < MOST_TOLD)
        wrong.add(
            new FieldError(
                "/file", "invalid", "Line " + row.line() + ": “" + typed + "” is no address."));
    }
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return wanted;
  }

  private static @Nullable String note(Csv.Row row, Columns columns) {
    if (!columns.fields().contains("note")) return null;
    String note = columns.get(row, "note");
    if (note.isEmpty()) return null;
    return note.length() > 500 ? note.substring(0, 500) : note;
  }

  private static Csv read(byte[] file) {
    try {
      return Csv.read(file, LIMITS);
    } catch (BadCsv bad) {
      throw Problem.invalid("/file", "unreadable", bad.detail());
    }
  }

  private static String line(Suppression one) {
    return Csv.line(
        Stream.of(
            one.address(),
            one.cause().word(),
            one.since().toString(),
            text(one.byName()),
            text(one.status()),
            text(one.reply()),
            text(one.note())));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.replaceAll("[\\r\\n]+", " ");
  }
}
