package org.postroom.access;

/** What somebody may do. Roles are lists of these; an API key's scopes map onto them. */
public enum Right {
  MANAGE_ACCOUNTS,
  MANAGE_TEMPLATES,
  MANAGE_AUTOMATIONS,
  WRITE_DOCUMENTS,
  WRITE_EVENTS,
  MANAGE_PAYMENTS,
  SEND,
  SEND_FROM_OTHERS,
  SEE_ALL_MAIL,
  CHANGE_OTHERS_MAIL,
  MANAGE_PEOPLE,
  MANAGE_KEYS,
  MANAGE_WEBHOOKS
}
