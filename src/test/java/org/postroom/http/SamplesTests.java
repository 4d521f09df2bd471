package org.postroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;

/**
 * The programs of the reference page: every one of every operation is of its language, and some of
 * each language are run as they stand. Languages that are not on this machine are skipped.
 */
class SamplesTests {
  private static final List<String> RUN = List.of("putPartner", "putDocument", "sendMessage");
  private static RunningPostroom postroom;
  private static Map<String, SampleRequest> requests;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    requests = postroom.bean(Developers.class).requests();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void curl() throws Exception {
    for (String sample : all(SampleLanguage.CURL, "sh")) ok("bash", "-n", sample);
    for (String id : RUN) ran(ok("bash", one(SampleLanguage.CURL, id, "sh")), id);
  }

  @Test
  void python() throws Exception {
    assumeProgram("python3");
    List<String> check = new ArrayList<>(List.of("python3", "-m", "py_compile"));
    check.addAll(all(SampleLanguage.PYTHON, "py"));
    ok(check.toArray(String[]::new));
    for (String id : RUN) ran(ok("python3", one(SampleLanguage.PYTHON, id, "py")), id);
  }

  @Test
  void java() throws Exception {
    List<String> compile = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    for (String id : requests.keySet())
      compile.add(
          Files.writeString(
                  folder.resolve(id + ".java"),
                  program(SampleLanguage.JAVA, id).replace("class Example", "class " + id))
              .toString());
    var compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, compile.toArray(String[]::new))).isZero();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (String id : RUN)
      ran(
          ok(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", folder.toString(), id),
          id);
  }

  @Test
  void php() throws Exception {
    assumeProgram("php");
    for (String id : RUN) ran(ok("php", one(SampleLanguage.PHP, id, "php")), id);
    // One process for all: each is only compiled, for it stands in a function that nobody calls.
    var whole = new StringBuilder("<?php\n");
    for (String id : requests.keySet())
      whole
          .append("function ")
          .append(id)
          .append("() {\n")
          .append(program(SampleLanguage.PHP, id).replaceFirst("<\\?php\n", ""))
          .append("}\n");
    ok("php", "-l", Files.writeString(folder.resolve("all.php"), whole).toString());
  }

  @Test
  void csharp() throws Exception {
    assumeProgram("mcs");
    assumeProgram("mono");
    List<String> compile =
        new ArrayList<>(
            List.of(
                "mcs",
                "-nologo",
                "-r:System.Net.Http.dll",
                "-target:library",
                "-out:" + folder.resolve("all.dll")));
    for (String id : requests.keySet())
      compile.add(
          Files.writeString(
                  folder.resolve(id + ".cs"),
                  program(SampleLanguage.CSHARP, id).replace("class Example", "class " + id))
              .toString());
    ok(compile.toArray(String[]::new));
    String id = RUN.getFirst();
    String program = folder.resolve(id + ".exe").toString();
    ok(
        "mcs",
        "-nologo",
        "-r:System.Net.Http.dll",
        "-out:" + program,
        folder.resolve(id + ".cs").toString());
    ran(ok("mono", program), id);
  }

  @Test
  void thePageShowsTheLanguageThatWasAskedFor() {
    var browser = new Browser(postroom.url());
    for (SampleLanguage language : SampleLanguage.values()) {
      var page = browser.open("/developers?language=" + language.code());
      assertThat(page.html().selectFirst("pre[data-operation=sendMessage]").wholeText())
          .isEqualTo(language.program(requests.get("sendMessage")));
      assertThat(page.html().select("nav a[aria-current]").text()).isEqualTo(language.words());
    }
    assertThat(browser.open("/developers?language=cobol").status()).isEqualTo(200);
  }

  /** The status stands first, except where curl prints the answer alone. */
  private static void ran(String said, String id) {
    if (!said.startsWith("{")) assertThat(said).as(id).matches("(?s)20\\d\\s.*");
    String answer = said.substring(said.indexOf('{')).strip();
    assertThat(tools.jackson.databind.json.JsonMapper.builder().build().readTree(answer).isObject())
        .isTrue();
    if (id.equals("sendMessage")) assertThat(answer).contains("\"id\":\"msg_");
  }

  private List<String> all(SampleLanguage language, String ending) throws Exception {
    List<String> files = new ArrayList<>();
    for (String id : requests.keySet()) files.add(one(language, id, ending));
    return files;
  }

  private String one(SampleLanguage language, String id, String ending) throws Exception {
    return Files.writeString(folder.resolve(id + "." + ending), program(language, id)).toString();
  }

  private static String program(SampleLanguage language, String id) {
    return language.program(requests.get(id));
  }

  private String ok(String... command) throws Exception {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("POSTROOM_URL", postroom.url());
    builder.environment().put("POSTROOM_KEY", RunningPostroom.API_KEY);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + said).isZero();
    return said;
  }

  private static void assumeProgram(String name) {
    boolean there =
        java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, name)));
    assumeTrue(there, () -> "Skipped: there is no " + name + " here.");
  }
}
