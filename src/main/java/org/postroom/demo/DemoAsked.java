package org.postroom.demo;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Only the command line asks for the demo: a stray environment variable must not. */
final class DemoAsked implements Condition {
  private static final String COMMAND_LINE = "commandLineArgs";

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    if (!(context.getEnvironment() instanceof ConfigurableEnvironment environment)) return false;
    PropertySource<?> commandLine = environment.getPropertySources().get(COMMAND_LINE);
    return commandLine != null && commandLine.containsProperty("demo");
  }
}
