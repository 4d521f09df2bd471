package org.postroom.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code postroom import}: brings tables of partners and open invoices, or documents as UBL, into
 * the running Postroom.
 */
final class ImportTable {
  static final Command COMMAND =
      Command.asking("import", ImportTable::run).flag("--dry-run", "--skip-refused");
  private static final Map<String, String> TABLES =
      Map.of("invoices", "invoice", "credit-memos", "credit_memo", "deposits", "deposit");
  private static final int MOST_BYTES = 64_000_000;
  private static final int MOST_LINES = 50;

  private ImportTable() {}

  static Answer run(Words words, Terminal terminal)
      throws Wrong, Refused, IOException, InterruptedException {
    List<String> given = words.some();
    if (given.size() < 2)
      throw new Wrong(
          "Say: import partners <file>, import invoices <file>, import credit-memos <file>, import deposits <file> or import documents <file> …");
    String what = given.getFirst();
    List<String> files = given.subList(1, given.size());
    try (Server server = Server.of(words)) {
      if (what.equals("documents")) return documents(server, files, words, terminal);
      if (files.size() > 1) throw new Wrong("One table at a time.");
      byte[] table = content(files.getFirst(), terminal);
      if (what.equals("partners")) return partners(server, table, words);
      String kind = TABLES.get(what);
      if (kind == null) throw new Wrong("“" + what + "” cannot be imported.");
      refuseTrial(words);
      return table(server.post("/documents/import?kind=" + kind, "text/csv", table), "updated");
    }
  }

  private static Answer partners(Server server, byte[] table, Words words)
      throws Wrong, Refused, IOException, InterruptedException {
    String query =
        "?dry_run=" + words.flag("--dry-run") + "&skip_refused=" + words.flag("--skip-refused");
    return table(server.post("/partners/import" + query, "text/csv", table), "changed");
  }

  /** Each file by itself; the rest goes on where one is refused. */
  private static Answer documents(Server server, List<String> files, Words words, Terminal terminal)
      throws Wrong, IOException, InterruptedException {
    refuseTrial(words);
    List<String> lines = new ArrayList<>();
    ObjectNode json = Answer.object();
    ArrayNode all = json.putArray("documents");
    boolean refused = false;
    for (String file : files) {
      ObjectNode one = all.addObject().put("file", file);
      try {
        JsonNode document = server.post("/documents", "application/xml", content(file, terminal));
        String kind = document.path("kind").stringValue("");
        String number = document.path("number").stringValue("");
        one.put("result", "kept").put("kind", kind).put("number", number);
        lines.add(file + ": " + kind.replace('_', ' ') + " " + number);
      } catch (Refused problem) {
        refused = true;
        one.put("result", "refused").put("message", problem.getMessage());
        lines.add(file + ": refused. " + problem.getMessage());
      }
    }
    return new Answer(refused ? 1 : 0, lines, json);
  }

  private static Answer table(JsonNode report, String changed) throws Wrong {
    if (!(report instanceof ObjectNode json)) throw new Wrong("The answer is no report.");
    List<String> lines = new ArrayList<>();
    long refused = report.path("refused").asLong(0);
    lines.add(
        String.format(
            Locale.ROOT,
            "%d new, %d changed, %d as before, %d refused.",
            report.path("created").asLong(0),
            report.path(changed).asLong(0),
            report.path("unchanged").asLong(0),
            refused));
    if (report.has("stored") && !report.path("stored").asBoolean(true))
      lines.add("Nothing was stored.");
    for (JsonNode line : report.path("lines")) refusedLine(lines, line);
    return new Answer(refused > 0 ? 1 : 0, lines, json);
  }

  private static void refusedLine(List<String> lines, JsonNode line) {
    if (lines.size() > MOST_LINES) return;
    for (JsonNode error : line.path("errors")) {
      String field = error.path("field").stringValue("");
      String why = error.isString() ? error.stringValue() : error.path("message").stringValue("");
      lines.add(
          "  line "
              + line.path("line").asLong(0)
              + (field.isEmpty() ? "" : ", " + field)
              + ": "
              + why);
    }
  }

  private static void refuseTrial(Words words) throws Wrong {
    if (words.flag("--dry-run") || words.flag("--skip-refused"))
      throw new Wrong("--dry-run and --skip-refused are for partners.");
  }

  private static byte[] content(String file, Terminal terminal) throws Wrong, IOException {
    byte[] bytes =
        file.equals("-") ? terminal.in().readNBytes(MOST_BYTES + 1) : read(Path.of(file));
    if (bytes.length > MOST_BYTES) throw new Wrong(file + " is larger than 64 MB.");
    return bytes;
  }

  private static byte[] read(Path file) throws Wrong, IOException {
    if (Files.size(file) > MOST_BYTES) throw new Wrong(file + " is larger than 64 MB.");
    return Files.readAllBytes(file);
  }
}
