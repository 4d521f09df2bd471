package org.postroom.access;

import static org.postroom.access.Right.*;

import java.util.EnumSet;
import java.util.Set;

/** What a person is in a company: a named list of rights. */
public enum Role {
  ADMINISTRATOR("Administrator", EnumSet.allOf(Right.class)),
  ACCOUNTING(
      "Accounting",
      EnumSet.of(
          WRITE_DOCUMENTS,
          SEND,
          SEE_ALL_MAIL,
          CHANGE_OTHERS_MAIL,
          MANAGE_AUTOMATIONS,
          MANAGE_PAYMENTS)),
  SALES("Sales", EnumSet.of(WRITE_DOCUMENTS, SEND, MANAGE_PAYMENTS)),
  PURCHASING("Purchasing", EnumSet.of(WRITE_DOCUMENTS, SEND)),
  WAREHOUSE("Warehouse", EnumSet.of(WRITE_DOCUMENTS, SEND)),
  VIEWER("Viewer", EnumSet.of(SEE_ALL_MAIL));

  private final String words;
  private final Set<Right> rights;

  Role(String words, Set<Right> rights) {
    this.words = words;
    this.rights = Set.copyOf(rights);
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  public Set<Right> rights() {
    return rights;
  }
}
