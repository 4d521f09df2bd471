package org.postroom.access;

/**
 * Told when a company has been made, inside the same transaction: beans of this type add what every
 * company starts with, such as its local account. What they throw undoes the company too.
 */
public interface FirstCompany {
  /**
   * @param company the new company's id
   * @param adminEmail its first administrator
   */
  void created(String company, String adminEmail);
}
