package org.postroom.reminders;

/** Why a step does not go now: a word for programs and a sentence for people. */
record Why(String code, String sentence) {
  /** Codes of reasons that hold back everything of a company or a customer. */
  static final String TOO_SOON = "too_soon";

  static final String NEXT_MAIL = "next_mail";
  static final String MOST_OF_DAY = "most_per_day";
  static final String SILENT = "erp_silent";
  static final String PAID = "paid";
}
