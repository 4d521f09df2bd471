package org.postroom.transport;

/**
 * Knows which mails hold a link with which somebody signs in. Where such a mail is caught, not
 * everybody who may see mail may read it.
 */
public interface PersonalMail {
  /**
   * @param messageId as in the header field, with its angle brackets
   */
  boolean is(String company, String messageId);
}
