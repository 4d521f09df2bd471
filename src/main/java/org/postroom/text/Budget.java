package org.postroom.text;

/** What one rendering may use up. Nested loops multiply; the budget is one for all of them. */
final class Budget {
  private int rounds;
  private int letters;

  Budget(int rounds, int letters) {
    this.rounds = rounds;
    this.letters = letters;
  }

  /** One more round of a loop that wrote so much. */
  void round(int written) {
    if (--rounds < 0) throw new TooMuch("The loops of this text run too often.");
    write(written);
  }

  void write(int written) {
    letters -= Math.min(written, letters + 1);
    if (letters < 0) throw new TooMuch("This text becomes too long.");
  }

  /** A text used more than it may. */
  static final class TooMuch extends RuntimeException {
    TooMuch(String message) {
      super(message, null, false, false);
    }
  }
}
