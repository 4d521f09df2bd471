package org.postroom.access;

import static org.postroom.access.Right.*;

import java.util.EnumSet;
import java.util.Locale;
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

  /** A right as people read it. */
  public static String words(Right right) {
    return switch (right) {
      case MANAGE_ACCOUNTS -> "Manage email accounts and the company";
      case MANAGE_TEMPLATES -> "Change the company's templates and layouts";
      case MANAGE_AUTOMATIONS -> "Manage automatic emails and who gets what";
      case WRITE_DOCUMENTS -> "Enter documents and partners";
      case WRITE_EVENTS -> "Report business events";
      case MANAGE_PAYMENTS -> "Make payment links";
      case SEND_FROM_OTHERS -> "Send from another's account";
      case CHANGE_OTHERS_MAIL -> "Retry and cancel others' mail";
      case MANAGE_PEOPLE -> "Manage people, read the audit trail";
      default -> {
        String words = right.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        yield words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
      }
    };
  }
}
