package org.postroom.db;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Opens the database that the settings name. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  Settings settings(Environment environment) {
    Map<String, String> values = new HashMap<>();
    for (Settings.Name name : Settings.Name.values()) {
      copy(environment, values, name.name());
      copy(environment, values, name.name() + "_FILE");
    }
    return new Settings(values);
  }

  @Bean
  Database database(Settings settings, ObjectProvider<InstantSource> clock) {
    return Databases.of(settings, clock.getIfAvailable());
  }

  @Bean
  Node node(Settings settings, Database database) {
    return Node.of(settings, database);
  }

  private static void copy(Environment environment, Map<String, String> values, String name) {
    String value = environment.getProperty(name);
    if (value != null) values.put(name, value);
  }
}
