package org.postroom.bounces.reading;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Who wrote: a mail program that speaks for itself, or somebody else. */
final class Sender {
  private static final Set<String> DAEMONS =
      Set.of(
          "mailer-daemon",
          "mailerdaemon",
          "mailer_daemon",
          "mailer.daemon",
          "postmaster",
          "post_master",
          "post-master",
          "mdaemon",
          "mail-daemon",
          "maildaemon",
          "mail.delivery.system",
          "mail-delivery-system",
          "mailsystem",
          "mail-system");
  private static final Pattern NAME =
      Pattern.compile(
          "mail(?:er)?[ .-]?(?:deliver[a-z]* (?:sub)?system|daemon|system|administrator)"
              + "|system administrator|microsoft outlook|mail delivery|postmaster|delivery status"
              + "|undeliverable|interscan (?:mss|notification)|mailmarshal|returned mail",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern GATEWAY =
      Pattern.compile(
          "(?:mail|smtp|message)[ ._-]?(?:service|gateway|sweeper|scanner|security|security service)"
              + "|anti[ ._-]?virus|virus ?wall|(?<![a-z])ndr@|non-?delivery",
          Pattern.CASE_INSENSITIVE);

  private Sender() {}

  static boolean isDaemon(Headers headers) {
    String from = Decoded.header(headers.firstOf("from", "sender"));
    String address = Addresses.first(from);
    String local = address == null ? from : address.substring(0, address.indexOf('@'));
    String small = local.toLowerCase(Locale.ROOT).strip();
    return DAEMONS.contains(small)
        || small.startsWith("mailer-daemon")
        || small.startsWith("microsoftexchange329e71ec")
        || NAME.matcher(from).find();
  }

  /** A filter before somebody's server, as it calls itself; people may be called so, too. */
  static boolean isGateway(Headers headers) {
    return GATEWAY.matcher(Decoded.header(headers.firstOf("from", "sender"))).find();
  }

  /** Reports and automatic answers go out with an empty sender (RFC 5321 4.5.5, RFC 3834 3.3). */
  static boolean isNobody(Headers headers) {
    String path = headers.first("return-path").strip();
    return path.equals("<>") || path.toLowerCase(Locale.ROOT).startsWith("<mailer-daemon");
  }
}
