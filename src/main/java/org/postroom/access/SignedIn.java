package org.postroom.access;

import java.io.Serializable;
import java.security.Principal;

/** What a session keeps of a person: who, and for which company. Rights are looked up each time. */
record SignedIn(String person, String company) implements Serializable, Principal {
  @Override
  public String getName() {
    return person;
  }
}
