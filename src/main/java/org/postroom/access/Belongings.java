package org.postroom.access;

/**
 * Told when somebody leaves a company, inside the same transaction: beans of this type take away
 * what was theirs there, such as the password of their mailbox. What they throw keeps the person.
 */
public interface Belongings {
  /**
   * @param by who takes the person out
   * @param person who leaves
   */
  void left(Caller by, String person);
}
