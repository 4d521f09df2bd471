package org.postroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The security page claims nothing whose test is gone. */
class SecurityPageTests {
  private static final Pattern TEST =
      Pattern.compile("`([A-Z][A-Za-z]*(?:Tests|Journey))(?:\\.([a-z][A-Za-z0-9]*))?`");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> tests = tests();
    List<String> gone = new ArrayList<>();
    int named = 0;
    var found = TEST.matcher(Files.readString(Path.of("docs", "security.md")));
    while (found.find()) {
      named++;
      String source = tests.get(found.group(1));
      String method = found.group(2);
      boolean there =
          source != null && (method == null || source.contains(" void " + method + "("));
      if (!there) gone.add(found.group());
    }
    assertThat(gone).isEmpty();
    assertThat(named).isGreaterThan(60);
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList())
        tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
    }
    return tests;
  }
}
