package org.postroom.partners;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.csv.Csv;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.PartnerImport.Outcome;
import org.springframework.stereotype.Service;

/** Partners in and out as tables. */
@Service
public class PartnerImports {
  /** Lines stored in one commit: a write must be short. */
  private static final int AT_ONCE = 200;

  private final Database database;
  private final Partners partners;
  private final List<SendFromCheck> sendFromChecks;

  PartnerImports(Database database, Partners partners, List<SendFromCheck> sendFromChecks) {
    this.database = database;
    this.partners = partners;
    this.sendFromChecks = List.copyOf(sendFromChecks);
  }

  /** A file that waits for somebody's yes. */
  @SuppressWarnings("ArrayRecordComponent") // as it came
  public record Waiting(String id, String fileName, byte[] content) {}

  /**
   * What a file would do now; stores nothing.
   *
   * @throws Problem 422 at {@code /file} where it is no table; 403
   */
  public PartnerImport check(Caller caller, byte[] file) {
    caller.require(Right.WRITE_DOCUMENTS);
    String company = caller.company();
    return database.read(sql -> PartnerImport.of(file, stored(sql, company)));
  }

  /** Stores the lines that are not refused, each whole. */
  public void store(Caller caller, PartnerImport checked) {
    caller.require(Right.WRITE_DOCUMENTS);
    List<Partner> news = new ArrayList<>();
    for (PartnerImport.Line line : checked.lines())
      if (line.outcome() == Outcome.CREATED || line.outcome() == Outcome.CHANGED)
        news.add(Objects.requireNonNull(line.partner()));
    for (int from = 0; from < news.size(); from += AT_ONCE) {
      List<Partner> some = news.subList(from, Math.min(from + AT_ONCE, news.size()));
      database.run(sql -> some.forEach(partner -> partners.put(caller, partner)));
    }
  }

  /** Keeps a file until somebody has seen what it would do; its id. */
  public String keep(Caller caller, String fileName, byte[] content) {
    caller.require(Right.WRITE_DOCUMENTS);
    String id = Ids.next("imp");
    database.run(sql -> ImportRows.put(sql, caller, id, fileName, content));
    return id;
  }

  public Optional<Waiting> waiting(Caller caller, String id) {
    return database.read(sql -> ImportRows.find(sql, caller, id));
  }

  /** What waits no longer: it was stored, or somebody thought better of it. */
  public void forget(Caller caller, String id) {
    database.run(sql -> ImportRows.delete(sql, caller.company(), id));
  }

  /** All partners the filter lets through, as the table that can be imported again. */
  public void export(String company, PartnerFilter filter, Writer out) throws IOException {
    List<String> header = new ArrayList<>(PartnerColumns.all().keySet());
    header.addAll(attributes(company, filter));
    out.write('\ufeff');
    out.write(Csv.line(header.stream()));
    try {
      forEach(
          company,
          filter,
          partner -> {
            Map<String, String> cells = PartnerColumns.cells(partner);
            write(out, Csv.line(header.stream().map(column -> cells.getOrDefault(column, ""))));
          });
    } catch (UncheckedIOException gone) {
      throw Objects.requireNonNull(gone.getCause());
    }
  }

  private Set<String> attributes(String company, PartnerFilter filter) {
    Set<String> names = new LinkedHashSet<>();
    forEach(
        company,
        filter,
        partner ->
            PartnerColumns.attributes(partner).keySet().stream()
                .limit(Math.max(0, 100 - names.size()))
                .forEach(name -> names.add(PartnerColumns.ATTRIBUTE + name)));
    return names;
  }

  private void forEach(
      String company, PartnerFilter filter, java.util.function.Consumer<Partner> each) {
    String cursor = null;
    do {
      Slice<Partner> slice = partners.list(company, filter, 200, cursor);
      slice.data().forEach(each);
      cursor = slice.nextCursor();
    } while (cursor != null);
  }

  private static void write(Writer out, String line) {
    try {
      out.write(line);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** The names of the columns, for people. */
  public static Stream<String> columns() {
    return PartnerColumns.all().keySet().stream();
  }

  /** An empty table to start from. */
  public static String template() {
    return "\ufeff"
        + Csv.line(columns())
        + Csv.line(
            columns()
                .map(column ->
                    switch (column) {
                      case "ref" -> "10001";
                      case "type" -> "customer";
                      case "name" -> "Contoso Bakery";
                      case "language" -> "en";
                      case "currency" -> "EUR";
                      case "main" -> "info@contoso.example";
                      case "billing" -> "ap@contoso.example; ledger@contoso.example";
                      default -> "";
                    }));
  }

  private PartnerImport.Stored stored(Sql sql, String company) {
    return new PartnerImport.Stored() {
      private final Map<String, Boolean> accounts = new java.util.HashMap<>();

      @Override
      public Optional<Partner> find(String ref) {
        return ref.isEmpty() ? Optional.empty() : PartnerRows.find(sql, company, ref);
      }

      @Override
      public boolean accountExists(String id) {
        return accounts.computeIfAbsent(
            id, asked -> sendFromChecks.stream().allMatch(check -> check.exists(company, asked)));
      }
    };
  }
}
