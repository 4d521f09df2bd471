package org.postroom;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Starts the post room, or does what a command asks for. Settings come from the environment, see
 * {@link org.postroom.db.Settings}.
 */
// Full names: a simple name such as Look may stand in many modules.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class Postroom {
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Optional<Integer> exit = Commands.run(arguments, System.getenv(), out);
    if (exit.isPresent()) System.exit(exit.get());
    StopSignal.endsWell();
    SpringApplication.run(Postroom.class, Commands.options(arguments, System.getenv()));
  }
}
