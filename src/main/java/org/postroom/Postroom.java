package org.postroom;

import java.util.Optional;
import org.postroom.commandline.CommandLine;
import org.postroom.commandline.Terminal;
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
    Optional<Integer> exit = CommandLine.run(arguments, Terminal.ours());
    if (exit.isPresent()) System.exit(exit.get());
    StopSignal.endsWell();
    SpringApplication.run(Postroom.class, CommandLine.options(arguments, System.getenv()));
  }
}
