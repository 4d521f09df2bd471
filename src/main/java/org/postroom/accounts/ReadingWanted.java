package org.postroom.accounts;

/** Knows whose mailboxes are to be read, so that signing in asks for that, too. */
@FunctionalInterface
public interface ReadingWanted {
  boolean wanted(String company, String accountId);
}
