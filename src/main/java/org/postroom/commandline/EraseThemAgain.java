package org.postroom.commandline;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code postroom erase-again}: after a restore the running Postroom erases once more whom the list
 * of erasures names.
 */
final class EraseThemAgain {
  static final Command COMMAND = Command.asking("erase-again", EraseThemAgain::run);
  private static final Duration LONGEST = Duration.ofHours(2);

  private EraseThemAgain() {}

  static Answer run(Words words, Terminal terminal)
      throws Wrong, Refused, IOException, InterruptedException {
    String file = words.perhaps("one list at most");
    try (Server server = Server.of(words)) {
      List<String> lines = new ArrayList<>();
      ObjectNode json = Answer.object().put("result", "done");
      if (file != null) bring(server, Path.of(file), lines, json);
      JsonNode done =
          server.json(
              server.request("/erasures/again").timeout(LONGEST).POST(BodyPublishers.noBody()));
      lines.add(
          number(done, "erased")
              + " erased again, "
              + number(done, "not_found")
              + " not found in this copy.");
      json.set("again", done);
      boolean all = told(done.path("list"), lines);
      if (!all) json.put("result", "not_all");
      return new Answer(all ? 0 : 1, lines, json);
    }
  }

  private static void bring(Server server, Path file, List<String> lines, ObjectNode json)
      throws Wrong, Refused, IOException, InterruptedException {
    JsonNode brought = server.post("/erasure_list", "text/plain", Files.readAllBytes(file));
    long refused = number(brought, "refused");
    lines.add(
        number(brought, "added")
            + " lines were new, "
            + number(brought, "known")
            + " were known."
            + (refused == 0
                ? ""
                : " "
                    + refused
                    + " were refused: damaged, another company's, or of a key that is not here."));
    json.set("brought", brought);
  }

  /** Whether nobody is left over. */
  private static boolean told(JsonNode list, List<String> lines) {
    if (number(list, "listed") == 0)
      lines.add("The list " + list.path("file").stringValue("") + " names nobody of this company.");
    if (number(list, "unreadable") > 0)
      lines.add(number(list, "unreadable") + " damaged lines were passed over.");
    long closed = number(list, "without_key");
    if (closed == 0) return true;
    List<String> keys = new ArrayList<>();
    list.path("missing_keys").forEach(key -> keys.add(key.stringValue("")));
    lines.add(
        closed
            + " cannot be told, because the key "
            + String.join(", ", keys)
            + " is not here: bring it back (secret.key or POSTROOM_SECRET_KEY) and repeat this, or erase them by hand.");
    return false;
  }

  private static long number(JsonNode node, String name) {
    return node.path(name).asLong(0);
  }
}
