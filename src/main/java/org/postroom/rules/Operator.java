package org.postroom.rules;

import java.util.Locale;

/** What a field is compared by. */
public enum Operator {
  IS("is", Takes.ONE),
  IS_NOT("is not", Takes.ONE),
  CONTAINS("contains", Takes.ONE),
  STARTS_WITH("starts with", Takes.ONE),
  IS_ONE_OF("is one of", Takes.SEVERAL),
  IS_EMPTY("is empty", Takes.NOTHING),
  IS_NOT_EMPTY("is not empty", Takes.NOTHING),
  LESS_THAN("is less than", Takes.ONE),
  AT_MOST("is at most", Takes.ONE),
  MORE_THAN("is more than", Takes.ONE),
  AT_LEAST("is at least", Takes.ONE),
  BEFORE("is before", Takes.ONE),
  AFTER("is after", Takes.ONE),
  /** From today on, so many days. */
  WITHIN_NEXT_DAYS("is today or in the next days:", Takes.ONE),
  /** Up to today, so many days. */
  WITHIN_PAST_DAYS("is today or in the past days:", Takes.ONE),
  IS_TRUE("is yes", Takes.NOTHING),
  IS_FALSE("is no", Takes.NOTHING);

  /** How many values. */
  public enum Takes {
    NOTHING,
    ONE,
    SEVERAL
  }

  private final String words;
  private final Takes takes;

  Operator(String words, Takes takes) {
    this.words = words;
    this.takes = takes;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In a sentence, between field and value. */
  public String words() {
    return words;
  }

  public Takes takes() {
    return takes;
  }

  boolean comparesNumbers() {
    return this == LESS_THAN || this == AT_MOST || this == MORE_THAN || this == AT_LEAST;
  }

  boolean comparesDates() {
    return this == BEFORE || this == AFTER || countsDays();
  }

  boolean countsDays() {
    return this == WITHIN_NEXT_DAYS || this == WITHIN_PAST_DAYS;
  }

  boolean asksWhetherEmpty() {
    return this == IS_EMPTY || this == IS_NOT_EMPTY;
  }
}
