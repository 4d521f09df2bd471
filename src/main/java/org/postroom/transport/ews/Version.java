package org.postroom.transport.ews;

import org.jspecify.annotations.Nullable;

/** What we ask the server to speak, the newest first; Exchange 2016, 2019 and SE know them all. */
enum Version {
  EXCHANGE_2013_SP1("Exchange2013_SP1"),
  EXCHANGE_2010_SP2("Exchange2010_SP2"),
  EXCHANGE_2010("Exchange2010"),
  EXCHANGE_2007_SP1("Exchange2007_SP1");

  final String word;

  Version(String word) {
    this.word = word;
  }

  /** The next older one; null where there is none. */
  @Nullable Version older() {
    return this == EXCHANGE_2007_SP1 ? null : values()[ordinal() + 1];
  }
}
