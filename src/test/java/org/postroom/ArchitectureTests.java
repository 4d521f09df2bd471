package org.postroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postroom.outbox.MessageState;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.DependencyType;

/**
 * The drawings in ARCHITECTURE.md are the code's own. Run with -Dpostroom.draw=true to draw them
 * anew.
 */
class ArchitectureTests {
  private static final Path FILE = Path.of("ARCHITECTURE.md");

  /** Everybody stands on these; drawing those arrows would hide the others. */
  private static final Set<String> GROUND = Set.of("access", "db", "http", "mail", "secrets");

  @Test
  void theDrawingsAreTheCodesOwn() throws IOException {
    String page = Files.readString(FILE);
    String drawn = replace(replace(page, "modules", modules()), "states", states());
    if (Boolean.getBoolean("postroom.draw")) Files.writeString(FILE, drawn);
    else assertThat(page).isEqualTo(drawn);
  }

  private static String replace(String page, String name, String drawing) {
    String mark = "<!-- " + name + ": drawn from the code -->";
    int start = page.indexOf(mark) + mark.length();
    return page.substring(0, start)
        + "\n```mermaid\n"
        + drawing
        + "```\n"
        + page.substring(page.indexOf("<!-- end -->", start));
  }

  private static String states() {
    String arrows =
        Arrays.stream(MessageState.values())
            .flatMap(from ->
                from.next().stream()
                    .sorted()
                    .map(to -> "  " + from.word() + " --> " + to.word() + "\n"))
            .collect(Collectors.joining());
    return "stateDiagram-v2\n  [*] --> queued\n  [*] --> held\n" + arrows;
  }

  private static String modules() {
    ApplicationModules modules = ApplicationModules.of(Postroom.class);
    String arrows =
        modules.stream()
            .sorted(Comparator.comparing(ArchitectureTests::name))
            .flatMap(module ->
                module
                    .getDirectDependencies(
                        modules, DependencyType.USES_COMPONENT, DependencyType.DEFAULT)
                    .uniqueModules()
                    .map(ArchitectureTests::name)
                    .filter(used -> !GROUND.contains(used))
                    .sorted()
                    .map(used -> "  " + name(module) + " --> " + used + "\n"))
            .collect(Collectors.joining());
    return "graph TD\n" + arrows;
  }

  private static String name(ApplicationModule module) {
    return module.getIdentifier().toString();
  }
}
