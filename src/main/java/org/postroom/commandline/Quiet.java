package org.postroom.commandline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** No framework sets up the log of a command: while it runs, only what matters is told. */
final class Quiet implements AutoCloseable {
  private final Logger log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = log.getLevel();

  Quiet() {
    log.setLevel(Level.ERROR);
  }

  @Override
  public void close() {
    log.setLevel(before);
  }
}
