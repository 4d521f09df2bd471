package org.postroom.commandline;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code postroom export}: lets the running Postroom give out what it keeps about a person or
 * partner, or all of a company, into a file.
 */
final class ExportData {
  static final Command COMMAND = Command.asking("export", ExportData::run);
  private static final Duration LONGEST = Duration.ofHours(2);

  private ExportData() {}

  static Answer run(Words words, Terminal terminal)
      throws Wrong, Refused, IOException, InterruptedException {
    List<String> plain = words.some();
    boolean company = plain.size() == 2 && plain.getFirst().equals("company");
    if (!company && plain.size() != 3)
      throw new Wrong(
          "Say: export company <file>, export address <address> <file> or export partner <ref> <file>.");
    Map<String, String> about =
        company
            ? Map.of("kind", "company")
            : Map.of("kind", plain.getFirst(), "value", plain.get(1));
    Path file = Path.of(plain.getLast()).toAbsolutePath().normalize();
    if (Files.exists(file)) throw new Wrong(file + " exists already.");
    try (Server server = Server.of(words)) {
      return fetch(server, about, file);
    }
  }

  private static Answer fetch(Server server, Map<String, String> about, Path file)
      throws Wrong, Refused, IOException, InterruptedException {
    HttpRequest.Builder request =
        server
            .request("/exports")
            .timeout(LONGEST)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Server.JSON.writeValueAsString(about)));
    HttpResponse<Path> reply =
        server.send(
            request,
            BodyHandlers.ofFile(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    if (reply.statusCode() != 200) {
      String problem = Files.readString(file);
      Files.delete(file);
      throw Server.refused(problem);
    }
    return Answer.done(
        file + ": " + Files.size(file) / 1000 + " KB",
        Answer.object()
            .put("result", "written")
            .put("file", file.toString())
            .put("bytes", Files.size(file)));
  }
}
