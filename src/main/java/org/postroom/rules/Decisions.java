package org.postroom.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * What the rules of a company say about one mail. Each aspect is decided by the first rule that
 * matches and speaks of it; null where none does.
 *
 * @param layout id
 * @param template id
 * @param account id
 * @param recipients who gets it besides
 * @param attachments what goes along besides
 * @param delay how long it waits before it goes
 * @param approval whether a person must approve it; the value is what the approver is told
 * @param doNotSend that it must not go; the value is the reason
 */
public record Decisions(
    @Nullable Decision<String> layout,
    @Nullable Decision<String> template,
    @Nullable Decision<String> account,
    @Nullable Decision<Further> recipients,
    @Nullable Decision<List<FurtherFile>> attachments,
    @Nullable Decision<Duration> delay,
    @Nullable Decision<String> approval,
    @Nullable Decision<String> doNotSend) {
  public static final Decisions NONE =
      new Decisions(null, null, null, null, null, null, null, null);

  /**
   * A value and the rule it comes from.
   *
   * @param rule id
   * @param reason for people: "Rule “Large invoices”"
   */
  public record Decision<T>(T value, String rule, String reason) {}

  /** Further recipients. */
  public record Further(List<Address> to, List<Address> cc, List<Address> bcc) {
    public Further {
      to = List.copyOf(to);
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
    }
  }

  /** Something that goes along. */
  public sealed interface FurtherFile {
    /**
     * The PDF of a document of this kind that belongs to the same order or names this document.
     *
     * @param kind word of a document kind, such as {@code packing_slip}
     */
    record Related(String kind) implements FurtherFile {}

    /** A standing file of the company, such as its terms; by id. */
    record Standing(String file) implements FurtherFile {}

    /** All files attached to the document's record. */
    record OfRecord() implements FurtherFile {}
  }
}
