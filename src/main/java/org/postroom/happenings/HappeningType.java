package org.postroom.happenings;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything other systems can hear about. */
public enum HappeningType {
  MESSAGE_QUEUED("message.queued", "A message waits for its turn"),
  MESSAGE_SENT("message.sent", "The provider took a message"),
  MESSAGE_DELAYED("message.delayed", "A message will be tried again"),
  MESSAGE_DELIVERED("message.delivered", "A report says that it is in the mailbox"),
  MESSAGE_BOUNCED("message.bounced", "A message came back from a recipient"),
  MESSAGE_COMPLAINED("message.complained", "A recipient called a message unwanted"),
  MESSAGE_SUPPRESSED("message.suppressed", "Recipients were left out: their addresses are blocked"),
  MESSAGE_NOT_SENT("message.not_sent", "A message was refused, or given up"),
  MESSAGE_HELD("message.held", "A message waits for somebody, or for its account"),
  MESSAGE_UNCLEAR("message.unclear", "Nobody knows whether a message arrived"),
  MESSAGE_CANCELLED("message.cancelled", "A message was stopped"),
  ACCOUNT_NEEDS_ATTENTION("account.needs_attention", "An account cannot send: somebody is needed"),
  ACCOUNT_RECOVERED("account.recovered", "An account sends again"),
  PAYMENT_SUCCEEDED("payment.succeeded", "A customer paid by a link"),
  PAYMENT_DECLINED("payment.declined", "A payment by a link did not succeed"),
  PAYMENT_REFUNDED("payment.refunded", "Money paid by a link went back"),
  QUOTE_APPROVED("quote.approved", "A customer approved a quote"),
  QUOTE_DECLINED("quote.declined", "A customer declined a quote");

  private static final Map<String, HappeningType> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(HappeningType::word, Function.identity()));

  private final String word;
  private final String words;

  HappeningType(String word, String words) {
    this.word = word;
    this.words = words;
  }

  /** As programs read it. */
  public String word() {
    return word;
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  /** Empty for words that nobody outside can hear. */
  public static Optional<HappeningType> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
