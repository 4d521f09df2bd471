package org.postroom.transport;

import java.time.Duration;

/** Listens to a try, stage by stage, and guards the hand-over of the content. */
public interface Conversation {

  /** A stage was passed. Evidence is what the server said or what we found, without secrets. */
  default void passed(Stage stage, String evidence, Duration took) {}

  /** One line of the talk, secrets masked: {@code C: AUTH PLAIN ****}. */
  default void said(String line) {}

  /**
   * Whether somebody waits and watches: then the talk is held over a connection of its own, with
   * waits of seconds instead of minutes, so that every stage is seen.
   */
  default boolean probing() {
    return false;
  }

  /**
   * Asked once, directly before the first byte of the content leaves. Returns after the mark "being
   * handed over" is durable; false means the claim is lost and nothing may be handed over.
   */
  boolean mayHandOver();
}
