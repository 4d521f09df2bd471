package org.postroom.domains;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One rule about the records of a domain and what came of it. Advice only: nothing is held back.
 *
 * @param rule stable name such as {@code spf_covers_route}
 * @param sentence what is so and what to do, for people
 * @param found the record that was found
 * @param add a record to add or to put in the place of the one found
 */
public record RecordCheck(
    Rule rule, Verdict verdict, String sentence, @Nullable String found, @Nullable DnsRecord add) {

  /** What is looked at, in this order. */
  public enum Rule {
    FROM_DOMAIN("Sender address"),
    SPF("SPF record"),
    SPF_ROUTE("SPF names who sends"),
    DKIM("DKIM signature"),
    DMARC("DMARC policy"),
    ALIGNMENT("Sender fits the proof"),
    REPLIES("Replies arrive");

    private final String words;

    Rule(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How grave it is. Unknown: the question could not be asked. */
  public enum Verdict {
    OK,
    ADVICE,
    PROBLEM,
    UNKNOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A record as it goes into the domain's DNS.
   *
   * @param name fully qualified, without the last dot
   * @param type TXT, CNAME or MX
   */
  public record DnsRecord(String name, String type, String value) {}

  static RecordCheck ok(Rule rule, String sentence, @Nullable String found) {
    return new RecordCheck(rule, Verdict.OK, sentence, found, null);
  }

  static RecordCheck unknown(Rule rule, String sentence) {
    return new RecordCheck(rule, Verdict.UNKNOWN, sentence, null, null);
  }

  static RecordCheck advice(
      Rule rule, String sentence, @Nullable String found, @Nullable DnsRecord add) {
    return new RecordCheck(rule, Verdict.ADVICE, sentence, found, add);
  }

  static RecordCheck problem(
      Rule rule, String sentence, @Nullable String found, @Nullable DnsRecord add) {
    return new RecordCheck(rule, Verdict.PROBLEM, sentence, found, add);
  }
}
