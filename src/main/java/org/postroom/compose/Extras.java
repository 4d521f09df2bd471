package org.postroom.compose;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * What is settled for automatic mail of one kind, and what only this one knows.
 *
 * @param by who settled it, as a reason: "Set for the automatic mail “Invoice issued”"
 * @param account id; a rule's and the partner's go before, the document kind's behind
 * @param template id; likewise
 * @param cc further copies, beside whoever gets it anyway
 * @param bcc likewise
 * @param partner ref of the one it goes to where it is about no document; null otherwise
 * @param facts placeholders beside those of document and partner, by their first word
 */
public record Extras(
    String by,
    @Nullable String account,
    @Nullable String template,
    List<Address> cc,
    List<Address> bcc,
    @Nullable String partner,
    Map<String, Object> facts) {
  public static final Extras NONE = of(Map.of());

  public Extras {
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    facts = Map.copyOf(facts);
  }

  /** About a document. */
  public Extras(
      String by,
      @Nullable String account,
      @Nullable String template,
      List<Address> cc,
      List<Address> bcc,
      Map<String, Object> facts) {
    this(by, account, template, cc, bcc, null, facts);
  }

  /** Nothing settled; these placeholders are known. */
  public static Extras of(Map<String, Object> facts) {
    return new Extras("", null, null, List.of(), List.of(), facts);
  }

  /** The same to a partner, about no document. */
  public Extras to(String ref) {
    return new Extras(by, account, template, cc, bcc, ref, facts);
  }
}
