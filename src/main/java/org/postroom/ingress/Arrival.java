package org.postroom.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A message as it was handed in, before anything was done to it.
 *
 * @param guest who handed it in
 * @param met how the program came: name, address, protocol
 * @param sender of MAIL, null for the empty one
 * @param recipients of RCPT, each once
 */
record Arrival(
    Guest guest, Met met, @Nullable Address sender, List<Address> recipients, Content content) {

  /**
   * @param name what the program called itself with EHLO, unchecked
   * @param protocol as RFC 3848 names it, such as {@code ESMTPSA}
   */
  record Met(String name, String address, String protocol) {}
}
