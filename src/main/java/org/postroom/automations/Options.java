package org.postroom.automations;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.calendar.WorkingTime;
import org.postroom.mail.Address;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.rules.Condition;

/**
 * What a company has settled for one automatic mail.
 *
 * @param condition only for documents that meet it
 * @param template id; null: by rules, partner and kind of document. Theirs go before it
 * @param account id; likewise
 * @param addresses who gets it, where {@code to} says so
 * @param cc further copies
 * @param workingTime when it may leave; null: any time
 * @param delay at least so long after the event; a rule's delay counts instead of it
 * @param exceptPartners refs of partners who get none
 * @param exceptDocuments documents there is none about
 * @param approval whether the mail about a quote asks to approve it by a link
 */
public record Options(
    boolean enabled,
    Condition condition,
    @Nullable String template,
    @Nullable String account,
    To to,
    List<Address> addresses,
    List<Address> cc,
    List<Address> bcc,
    @Nullable WorkingTime workingTime,
    Duration delay,
    Set<String> exceptPartners,
    Set<DocumentRef> exceptDocuments,
    boolean approval) {

  /** Off, and as everything else has it. */
  public static final Options INITIAL =
      new Options(
          false,
          Condition.ALWAYS,
          null,
          null,
          To.RECIPIENT_ORDER,
          List.of(),
          List.of(),
          List.of(),
          null,
          Duration.ZERO,
          Set.of(),
          Set.of(),
          false);

  public Options {
    addresses = List.copyOf(addresses);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    exceptPartners = Set.copyOf(exceptPartners);
    exceptDocuments = Set.copyOf(exceptDocuments);
  }

  /** Whom it goes to. */
  public enum To {
    /** By the recipient order of its purpose. */
    RECIPIENT_ORDER,
    /** Always the same people. */
    ADDRESSES,
    /** Nobody by mail: people see it inside Postroom. For goods received. */
    INTERNAL;

    static final Map<String, To> WORDS =
        Map.of("recipient_order", RECIPIENT_ORDER, "addresses", ADDRESSES, "internal", INTERNAL);

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Options condition(Condition other) {
    return new Options(
        enabled,
        other,
        template,
        account,
        to,
        addresses,
        cc,
        bcc,
        workingTime,
        delay,
        exceptPartners,
        exceptDocuments,
        approval);
  }

  public Options enabled(boolean on) {
    return new Options(
        on,
        condition,
        template,
        account,
        to,
        addresses,
        cc,
        bcc,
        workingTime,
        delay,
        exceptPartners,
        exceptDocuments,
        approval);
  }
}
