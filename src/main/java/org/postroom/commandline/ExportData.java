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
 * partner, all of a company, or the list of erasures, into a file.
 */
final class ExportData {
  static final Command COMMAND = Command.asking("export", ExportData::run);
  private static final Duration LONGEST = Duration.ofHours(2);

  private ExportData() {}

  static Answer run(Words words, Terminal terminal)
      throws Wrong, Refused, IOException, InterruptedException {
    List<String> plain = words.some();
    boolean company = plain.size() == 2 && plain.getFirst().equals("company");
    boolean erasures = plain.size() == 2 && plain.getFirst().equals("erasures");
    if (!company && !erasures && plain.size() != 3)
      throw new Wrong(
          "Say: export company <file>, export erasures <file>, export address <address> <file> or export partner <ref> <file>.");
    Map<String, String> about =
        company || erasures
            ? Map.of("kind", plain.getFirst())
            : Map.of("kind", plain.getFirst(), "value", plain.get(1));
    Path file = Path.of(plain.getLast()).toAbsolutePath().normalize();
    if (Files.exists(file)) throw new Wrong(file + " exists already.");
    try (Server server = Server.of(words)) {
      return fetch(
          server,
          erasures
              ? server.request("/erasure_list").GET()
              : server
                  .request("/exports")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(Server.JSON.writeValueAsString(about))),
          file);
    }
  }

  private static Answer fetch(Server server, HttpRequest.Builder request, Path file)
      throws Wrong, Refused, IOException, InterruptedException {
    HttpResponse<Path> reply =
        server.send(
            request.timeout(LONGEST),
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
