package org.postroom.text;

import java.util.List;

/** What may stand between two braces, and where in the source it starts. */
sealed interface Expression {
  int at();

  /**
   * A placeholder.
   *
   * @param up how many blocks it climbs out of: {@code ../}
   * @param here whether it starts at the value the block is about: {@code this}
   * @param written as it stands there
   */
  record Name(int at, int up, boolean here, List<String> path, String written)
      implements Expression {
    public Name {
      path = List.copyOf(path);
    }
  }

  /** What a loop tells of its round: {@code @index}. */
  record Round(int at, String word) implements Expression {}

  record Literal(int at, String written) implements Expression {}

  /** A word of the language with what it is given. */
  record Call(int at, String word, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
