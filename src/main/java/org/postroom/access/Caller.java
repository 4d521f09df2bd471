package org.postroom.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;

/**
 * Who asks, for which company, with which rights: a person who signed in, an API key, or Postroom
 * itself. Controllers take it as a parameter.
 *
 * @param company id of the company every row of this call belongs to
 * @param id of the person ({@code usr_…}) or key ({@code key_…}); {@code postroom} for ourselves
 * @param name for the timeline: "Maria Lund", "key ERP", "Postroom"
 * @param email the person's address, null for keys
 * @param test a test key: everything it sends stays in the local mailbox
 */
public record Caller(
    String company,
    Kind kind,
    String id,
    String name,
    @Nullable String email,
    Set<Right> rights,
    boolean test) {

  public enum Kind {
    PERSON,
    KEY,
    POSTROOM
  }

  public Caller {
    rights = Set.copyOf(rights);
  }

  /** Postroom acting by itself for a company: automations, notices. */
  public static Caller postroom(String company) {
    return new Caller(
        company, Kind.POSTROOM, "postroom", "Postroom", null, Set.of(Right.values()), false);
  }

  public boolean may(Right right) {
    return rights.contains(right);
  }

  /** Refuses with 403 and a sentence where the right is missing. */
  public void require(Right right) {
    if (!may(right)) {
      String words = right.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      throw Problem.forbidden(
          "This needs the right to " + words + ", which " + name + " does not have.");
    }
  }
}
