package org.postroom.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Version;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody who helps needs to see, in one file: no secret, nobody's address but its domain,
 * nothing of what mails say. Every line goes through {@link Mask} on its way in.
 */
public final class SupportBundle {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MOST_OF_A_LOG = 5_000_000;
  private static final int LONGEST_LINE = 20_000;

  private final Map<String, String> environment;
  private final Settings settings;
  private final Mask mask;
  private final List<String> names = new ArrayList<>();

  public SupportBundle(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.settings = new Settings(environment);
    this.mask = Mask.of(settings);
  }

  /**
   * Writes it.
   *
   * @param file must not be there yet
   * @param logs of each the end, up to 5 MB
   * @return the names of what is inside
   */
  public List<String> write(Path file, List<Path> logs) throws IOException {
    try (var out =
        new ZipOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      put(out, "about.json", about());
      put(out, "settings.json", settings());
      put(out, "doctor.json", doctor());
      database(out);
      running(out);
      for (Path log : logs) log(out, log);
    } catch (IOException | RuntimeException failure) {
      if (!(failure instanceof java.nio.file.FileAlreadyExistsException))
        Files.deleteIfExists(file);
      throw failure;
    }
    return List.copyOf(names);
  }

  private static ObjectNode about() {
    Runtime runtime = Runtime.getRuntime();
    return object()
        .put("version", Version.ours())
        .put("java", Runtime.version().toString())
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("architecture", System.getProperty("os.arch"))
        .put("processors", runtime.availableProcessors())
        .put("time", Clock.systemUTC().instant().toString())
        .put("zone", java.time.ZoneId.systemDefault().getId())
        .put("encoding", System.getProperty("file.encoding"));
  }

  private ObjectNode settings() {
    ObjectNode json = object();
    for (Settings.Name name : Settings.Name.values()) {
      try {
        settings.shown(name).ifPresent(value -> json.put(name.name(), value));
      } catch (IllegalStateException unreadable) {
        json.put(name.name(), "cannot be read");
      }
    }
    return json;
  }

  private ArrayNode doctor() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Found found : new Doctor(environment, Clock.systemUTC()).examine())
      all.addObject()
          .put("id", found.id())
          .put("result", found.result().word())
          .put("what", found.what())
          .put("advice", found.advice());
    return all;
  }

  /** Where it cannot be opened the doctor has said why. */
  private void database(ZipOutputStream out) throws IOException {
    ObjectNode json = object();
    try (var opened = DatabaseCheck.open(settings)) {
      Database database = opened.database();
      if (database == null) return;
      json.put("kind", database.dialect().name());
      json.put("version", database.read(DoctorRows::version).orElse("none"));
      json.set("tables", database.read(SupportRows::tables));
      json.set("accounts", database.read(SupportRows::accounts));
      json.set("messages", database.read(SupportRows::messages));
      json.set("tries_of_last_week", database.read(SupportRows::tries));
    } catch (RuntimeException failure) {
      json.put("failure", String.valueOf(failure.getMessage()));
    }
    put(out, "database.json", json);
  }

  private void running(ZipOutputStream out) throws IOException {
    if (!PortCheck.answers(settings)) return;
    for (String path : List.of("readyz", "metrics")) {
      String said = PortCheck.ask(settings, "/" + path);
      if (!said.isEmpty()) put(out, path + ".txt", said);
    }
  }

  private void log(ZipOutputStream out, Path log) throws IOException {
    String name = "logs/" + (names.size() + 1) + "-" + log.getFileName();
    begin(out, name);
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(Math.max(0, Files.size(log) - MOST_OF_A_LOG));
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String bounded = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
        out.write((mask.text(bounded) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    out.closeEntry();
  }

  private void put(ZipOutputStream out, String name, tools.jackson.databind.JsonNode json)
      throws IOException {
    put(out, name, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private void put(ZipOutputStream out, String name, String text) throws IOException {
    begin(out, name);
    out.write(mask.text(text).getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  private void begin(ZipOutputStream out, String name) throws IOException {
    names.add(name);
    out.putNextEntry(new ZipEntry(name));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
