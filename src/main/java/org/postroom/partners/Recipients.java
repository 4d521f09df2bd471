package org.postroom.partners;

import java.util.List;
import org.postroom.mail.Address;

/**
 * Who gets a mail, and why: each address once over To, Cc and Bcc.
 *
 * @param to empty where nobody was found; then {@code reason} says where was looked
 * @param reason plain sentence: "Bill-to address of the invoice"
 */
public record Recipients(List<Address> to, List<Address> cc, List<Address> bcc, String reason) {
  public Recipients {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }
}
