package org.postroom.bounces.reading;

/** At which command of the talk it was refused, as far as the report tells. */
enum Stage {
  CONNECTION,
  SENDER,
  RECIPIENT,
  CONTENT,
  UNKNOWN;

  private static final Phrases PHRASES = Phrases.of("/bounces/stages.txt");

  /**
   * @param text made by {@link Phrases#plain}
   */
  static Stage of(String text) {
    String name = PHRASES.first("stages", text);
    return name == null ? UNKNOWN : valueOf(name);
  }
}
