package org.postroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dependency-check} against a server that answers as osv.dev's API does. */
class DependencyCheckTests {
  private static final String PARTS =
      """
      {"components": [
        {"name": "old", "version": "1.0", "purl": "pkg:maven/org.example/old@1.0?type=jar"},
        {"name": "good", "version": "2.0", "purl": "pkg:maven/org.example/good@2.0?type=jar"}]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void pythonIsThere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3 here");
    Files.writeString(folder.resolve("bom.json"), PARTS);
  }

  private record Said(int exit, String words) {}

  @Test
  void knownWeaknessesAreNamedWithTheirLibrary() throws Exception {
    var asked = new AtomicReference<String>();
    Said said = check("{\"results\": [{\"vulns\": [{\"id\": \"GHSA-1\"}]}, {}]}", asked);
    assertThat(said.words())
        .contains("old 1.0: GHSA-1 https://osv.dev/GHSA-1")
        .contains("2 libraries, 1 known weaknesses.")
        .doesNotContain("good 2.0");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(asked.get()).contains("pkg:maven/org.example/old@1.0\"").doesNotContain("type=jar");
  }

  @Test
  void nothingKnownIsGood() throws Exception {
    Said said = check("{\"results\": [{}, {}]}", new AtomicReference<>());
    assertThat(said).isEqualTo(new Said(0, "2 libraries, 0 known weaknesses.\n"));
  }

  @Test
  void anAnswerThatIsNoneIsNotTakenForGood() throws Exception {
    assertThat(check("{\"results\": []}", new AtomicReference<>()).exit()).isEqualTo(2);
    assertThat(check("<html>", new AtomicReference<>()).exit()).isEqualTo(2);
    assertThat(run("http://127.0.0.1:1").exit()).isEqualTo(2);
  }

  private Said check(String answer, AtomicReference<String> asked) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/querybatch",
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      return run("http://127.0.0.1:" + server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private Said run(String server) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(List.of("bin/dependency-check", folder.resolve("bom.json").toString()))
            .redirectErrorStream(true);
    builder.environment().put("OSV_URL", server);
    Process process = builder.start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), words);
  }
}
