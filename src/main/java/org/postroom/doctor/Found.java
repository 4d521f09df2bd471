package org.postroom.doctor;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param id stable, for programs: what was looked at and what is wrong with it
 * @param what in a sentence
 * @param advice what to do; empty where nothing is
 */
public record Found(String id, Result result, String what, String advice) {

  /** How bad it is. A problem keeps mail from leaving, or data from being kept. */
  public enum Result {
    OK,
    WARNING,
    PROBLEM;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Found ok(String id, String what) {
    return new Found(id, Result.OK, what, "");
  }

  static Found warning(String id, String what, String advice) {
    return new Found(id, Result.WARNING, what, advice);
  }

  static Found problem(String id, String what, String advice) {
    return new Found(id, Result.PROBLEM, what, advice);
  }
}
