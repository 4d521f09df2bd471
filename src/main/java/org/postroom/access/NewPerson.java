package org.postroom.access;

import java.util.ArrayList;
import java.util.List;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;

/** Somebody about to be added, checked, with the password already hashed: no copy of it is kept. */
public record NewPerson(String name, String email, String passwordHash) {

  /** Checks and hashes; 422 with every field that is wrong. */
  public static NewPerson of(String name, String email, String password) {
    List<FieldError> errors = new ArrayList<>();
    if (name.isBlank() || name.length() > 100)
      errors.add(new FieldError("/name", "required", "Give a name of up to 100 characters."));
    if (!isAddress(email))
      errors.add(new FieldError("/email", "not_an_address", "This is not an email address."));
    try {
      Passwords.check(password, "/password");
    } catch (Problem weak) {
      errors.addAll(weak.errors());
    }
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    return new NewPerson(name.strip(), email.strip(), Passwords.hash(password, "/password"));
  }

  static boolean isAddress(String text) {
    try {
      Address.of(text.strip());
      return true;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  @Override
  public String toString() {
    return name + " <" + email + ">";
  }
}
