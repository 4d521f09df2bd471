package org.postroom;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
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
import org.postroom.CommandWords.Wrong;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code postroom export}: lets the running Postroom give out what it keeps about a person or
 * partner, or all of a company, into a file.
 */
final class ExportData {
  private static final Duration LONGEST = Duration.ofHours(2);

  private ExportData() {}

  /** The exit code: 0 where the file is whole, 1 where it was refused, 2 where nobody could ask. */
  static int run(CommandWords words, PrintStream out) {
    try {
      List<String> plain = words.some();
      boolean company = plain.size() == 2 && plain.getFirst().equals("company");
      if (!company && plain.size() != 3)
        throw new Wrong(
            "Say: export company <file>, export address <address> <file> or export partner <ref> <file>.");
      Map<String, String> about =
          company
              ? Map.of("kind", "company")
              : Map.of("kind", plain.getFirst(), "value", plain.get(1));
      return fetch(words, about, Path.of(plain.getLast()), out);
    } catch (Wrong wrong) {
      out.println(wrong.getMessage());
    } catch (IOException away) {
      out.println("It could not be done: " + away.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return 2;
  }

  private static int fetch(
      CommandWords words, Map<String, String> about, Path file, PrintStream out)
      throws IOException, InterruptedException, Wrong {
    if (Files.exists(file)) throw new Wrong(file + " exists already.");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(words.server() + "/api/v1/exports"))
            .timeout(LONGEST)
            .header("Authorization", "Bearer " + words.key())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(about)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Path> reply =
          client.send(
              request,
              BodyHandlers.ofFile(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      if (reply.statusCode() == 200) {
        out.println(file.toAbsolutePath() + ": " + Files.size(file) / 1000 + " KB");
        return 0;
      }
      out.println("Refused: " + Files.readString(file));
      Files.delete(file);
      return 1;
    }
  }
}
