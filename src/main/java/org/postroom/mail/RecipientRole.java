package org.postroom.mail;

/** Where a recipient stands in the message. */
public enum RecipientRole {
  TO,
  CC,
  BCC
}
