package org.postroom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the post room. Settings come from the environment, see {@link org.postroom.db.Settings}.
 */
@SpringBootApplication
public class Postroom {
  public static void main(String[] arguments) {
    SpringApplication.run(Postroom.class, arguments);
  }
}
