package org.postroom.bounces;

import java.util.List;

/**
 * What became of a mail that may be a report.
 *
 * @param kind what it is
 * @param bounces what it says, one for each address; empty where it is no report
 */
public record Taken(Returned.Kind kind, List<Bounce> bounces) {
  public Taken {
    bounces = List.copyOf(bounces);
  }

  public boolean report() {
    return kind != Returned.Kind.NOT_A_REPORT;
  }
}
