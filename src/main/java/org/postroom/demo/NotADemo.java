package org.postroom.demo;

/** The database belongs to somebody: example data must not get between theirs. */
final class NotADemo extends RuntimeException {
  NotADemo(String company) {
    super(
        "The demo was asked for, but this database already has a company: “"
            + company
            + "”. Example data are never mixed into real ones.");
  }
}
