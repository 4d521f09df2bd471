package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debian's Rspamd, doing nothing but verifying signatures (DKIM) with the keys of a {@link
 * DnsServer}.
 */
public final class Rspamd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/rspamd");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Rspamd does not understand how HTTP/2 introduces itself. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final DnsServer dns;
  private final Path folder;
  private final Process process;
  private final int port;

  private Rspamd(DnsServer dns, Path folder, Process process, int port) {
    this.dns = dns;
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Skips the test where Rspamd is not installed.
   *
   * @param records full name to value
   */
  public static Rspamd start(Map<String, String> records) {
    MailServerFixture.require("rspamd", PROGRAM);
    Path folder = MailServerFixture.folder("rspamd");
    int port = MailServerFixture.freePort();
    DnsServer dns = DnsServer.start();
    records.forEach(dns::txt);
    MailServerFixture.write(folder.resolve("nothing.lua"), "\n");
    MailServerFixture.write(
        folder.resolve("rspamd.conf"), CONFIGURATION.formatted(folder, dns.setting(), port));
    Process process =
        MailServerFixture.start(
            folder,
            PROGRAM.toString(),
            "-f",
            "-i",
            "-u",
            "root",
            "-g",
            "root",
            "-c",
            folder.resolve("rspamd.conf").toString());
    MailServerFixture.awaitListening(folder, process, port);
    return new Rspamd(dns, folder, process, port);
  }

  /** The selectors of the signatures that hold. */
  public Set<String> holding(byte[] mail) {
    Set<String> selectors = new TreeSet<>();
    JsonNode symbols = ask(mail).get("symbols");
    for (JsonNode option : symbols.path("R_DKIM_ALLOW").path("options"))
      selectors.add(option.asString().replaceFirst(".*:s=", ""));
    return selectors;
  }

  @Override
  public void close() {
    MailServerFixture.stop(process, folder);
    dns.close();
  }

  private JsonNode ask(byte[] mail) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/checkv2"));
    try {
      return JSON.readTree(
          client
              .send(request.POST(BodyPublishers.ofByteArray(mail)).build(), BodyHandlers.ofString())
              .body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static final String CONFIGURATION =
      """
      options {
        filters = ["dkim"];
        pidfile = "%1$s/pid";
        tempdir = "%1$s";
        history_file = "";
        dns { nameserver = ["%2$s"]; timeout = 2s; retransmits = 2; }
      }
      logging { type = "console"; level = "error"; }
      dkim { dkim_cache_size = 10; }
      worker "normal" { bind_socket = "127.0.0.1:%3$d"; count = 1; task_timeout = 20s; }
      lua = "%1$s/nothing.lua";
      """;
}
