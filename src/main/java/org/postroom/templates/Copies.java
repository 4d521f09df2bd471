package org.postroom.templates;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * Who a template sends copies to, and where answers go.
 *
 * @param replyTo null: as the account says
 */
public record Copies(List<Address> cc, List<Address> bcc, @Nullable Address replyTo) {
  public static final Copies NONE = new Copies(List.of(), List.of(), null);

  public Copies {
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }
}
