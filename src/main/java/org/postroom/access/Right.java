package org.postroom.access;

/** What somebody may do. Roles are lists of these; an API key's scopes map onto them. */
public enum Right {
  MANAGE_ACCOUNTS("Manage email accounts and the company"),
  MANAGE_TEMPLATES("Change the company's templates and layouts"),
  MANAGE_AUTOMATIONS("Manage automatic emails and who gets what"),
  WRITE_DOCUMENTS("Enter documents and partners"),
  WRITE_EVENTS("Report business events"),
  MANAGE_PAYMENTS("Make payment links"),
  SEND("Send"),
  SEND_FROM_OTHERS("Send from another's account"),
  SEE_ALL_MAIL("See all mail"),
  CHANGE_OTHERS_MAIL("Retry and cancel others' mail"),
  MANAGE_PEOPLE("Manage people, read the audit trail"),
  MANAGE_KEYS("Manage API keys"),
  MANAGE_WEBHOOKS("Manage webhooks");

  private final String words;

  Right(String words) {
    this.words = words;
  }

  /** As people read it. */
  public String words() {
    return words;
  }
}
