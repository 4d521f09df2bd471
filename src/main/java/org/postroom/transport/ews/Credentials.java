package org.postroom.transport.ews;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.postroom.transport.Login;

/**
 * The user in the three forms in which people write one: {@code DOMAIN\\user}, {@code
 * user@acme.example}, or a user beside a domain of its own.
 *
 * @param domain empty where the user name says it all
 */
record Credentials(String domain, String user, String password) {

  static Credentials of(Login.Ews login) {
    String user = login.user().strip();
    int backslash = user.indexOf('\\');
    if (backslash >= 0)
      return new Credentials(
          user.substring(0, backslash), user.substring(backslash + 1), login.password());
    String domain = login.domain() == null || user.contains("@") ? "" : login.domain().strip();
    return new Credentials(domain, user, login.password());
  }

  /** As a person would write it. */
  String name() {
    return domain.isEmpty() ? user : domain + "\\" + user;
  }

  /** RFC 7617. */
  String basic() {
    byte[] pair = (name() + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The text without anything that would let others in. */
  String mask(String text) {
    String masked = password.length() > 3 ? text.replace(password, "****") : text;
    return masked.replace(basic().substring("Basic ".length()), "****");
  }

  @Override
  public String toString() {
    return name();
  }
}
