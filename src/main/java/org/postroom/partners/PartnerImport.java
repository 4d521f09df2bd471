package org.postroom.partners;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.csv.BadCsv;
import org.postroom.csv.Columns;
import org.postroom.csv.Csv;
import org.postroom.http.Problem;

/**
 * What a file of partners would do, line by line. The whole file is looked at before anything is
 * stored.
 *
 * @param fileTroubles what is wrong with the header: then no line is looked at
 */
public record PartnerImport(List<Line> lines, List<Trouble> fileTroubles) {

  public PartnerImport {
    lines = List.copyOf(lines);
    fileTroubles = List.copyOf(fileTroubles);
  }

  /** What becomes of a line. */
  public enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED,
    REFUSED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Something wrong.
   *
   * @param field the column; for the header the header as it stands
   * @param message plain sentence
   */
  public record Trouble(String field, String message) {}

  /**
   * One line.
   *
   * @param line as a text editor counts
   * @param partner as it will be; null where the line is refused
   * @param changed the columns that differ from what is stored
   */
  public record Line(
      int line,
      String ref,
      String name,
      Outcome outcome,
      @Nullable Partner partner,
      List<String> changed,
      List<Trouble> troubles) {
    public Line {
      changed = List.copyOf(changed);
      troubles = List.copyOf(troubles);
    }
  }

  public long count(Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).count();
  }

  /** The lines of that outcome, at most so many. */
  public List<Line> of(Outcome outcome, int most) {
    return lines.stream().filter(line -> line.outcome() == outcome).limit(most).toList();
  }

  /** Whether there is something to store. */
  public boolean hasNews() {
    return count(Outcome.CREATED) + count(Outcome.CHANGED) > 0;
  }

  /** Knows what is stored and which accounts there are. */
  interface Stored {
    Optional<Partner> find(String ref);

    boolean accountExists(String id);
  }

  /**
   * Looks at a file.
   *
   * @throws Problem 422 where it is no table
   */
  static PartnerImport of(byte[] file, Stored stored) {
    try {
      Csv csv = Csv.read(file, Csv.Limits.USUAL);
      return of(csv, stored);
    } catch (BadCsv bad) {
      throw Problem.invalid("/file", "no_table", bad.detail());
    }
  }

  private static PartnerImport of(Csv csv, Stored stored) {
    Columns columns = Columns.of(csv.header(), names(csv.header()));
    List<Trouble> troubles = new ArrayList<>();
    columns.wrong().forEach(wrong -> troubles.add(new Trouble(wrong.header(), wrong.message())));
    for (String needed : List.of("ref", "name"))
      if (!columns.has(needed) && (needed.equals("ref") || csv.rows().isEmpty()))
        troubles.add(new Trouble(needed, "The file needs a column “" + needed + "”."));
    if (!troubles.isEmpty()) return new PartnerImport(List.of(), troubles);
    Map<String, Integer> seen = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    for (Csv.Row row : csv.rows()) lines.add(line(csv, columns, row, seen, stored));
    return new PartnerImport(lines, List.of());
  }

  /** The known columns, and one for each attribute the header names. */
  private static Map<String, List<String>> names(List<String> header) {
    Map<String, List<String>> names = new LinkedHashMap<>(PartnerColumns.all());
    for (String cell : header) {
      String start = cell.toLowerCase(java.util.Locale.ROOT);
      if (start.startsWith("attribute ")
          || start.startsWith("attribute.")
          || start.startsWith("attribute_"))
        names.putIfAbsent(PartnerColumns.ATTRIBUTE + cell.substring(10).strip(), List.of());
    }
    return names;
  }

  private static Line line(
      Csv csv, Columns columns, Csv.Row row, Map<String, Integer> seen, Stored stored) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String field : columns.fields()) cells.put(field, columns.get(row, field));
    String ref = cells.getOrDefault("ref", "");
    Integer before = seen.putIfAbsent(ref, row.line());
    if (before != null)
      return refused(
          row, cells, new Trouble("ref", "“" + ref + "” stands in line " + before + " already."));
    if (row.cells().size() > csv.header().size())
      return refused(
          row,
          cells,
          new Trouble(
              "", "This line has more cells than the header. Is a quotation mark missing?"));
    Partner old = stored.find(ref).orElse(null);
    var read = new PartnerLine(cells, old);
    Partner partner = read.partner();
    if (partner == null) return refused(row, cells, read.troubles());
    String account = partner.sendFrom();
    if (account != null && !stored.accountExists(account))
      return refused(
          row, cells, new Trouble("send_from", "There is no account “" + account + "”."));
    if (old == null)
      return new Line(
          row.line(), ref, partner.name(), Outcome.CREATED, partner, List.of(), List.of());
    List<String> changed = changed(old, partner);
    boolean same = PartnerStore.content(old).equals(PartnerStore.content(partner));
    Outcome outcome = same ? Outcome.UNCHANGED : Outcome.CHANGED;
    return new Line(row.line(), ref, partner.name(), outcome, partner, changed, List.of());
  }

  private static List<String> changed(Partner old, Partner partner) {
    Map<String, String> before = PartnerColumns.cells(old);
    Map<String, String> after = PartnerColumns.cells(partner);
    Set<String> columns = new LinkedHashSet<>(after.keySet());
    columns.addAll(before.keySet());
    return columns.stream()
        .filter(column -> !before.getOrDefault(column, "").equals(after.getOrDefault(column, "")))
        .toList();
  }

  private static Line refused(Csv.Row row, Map<String, String> cells, Trouble trouble) {
    return refused(row, cells, List.of(trouble));
  }

  private static Line refused(Csv.Row row, Map<String, String> cells, List<Trouble> troubles) {
    return new Line(
        row.line(),
        cells.getOrDefault("ref", ""),
        cells.getOrDefault("name", ""),
        Outcome.REFUSED,
        null,
        List.of(),
        troubles);
  }
}
