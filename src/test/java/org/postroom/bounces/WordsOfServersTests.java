package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the makers of mail servers, filters and the big providers say their servers answer, in their
 * manner: none of it was taken from mail that came back to anybody.
 */
class WordsOfServersTests {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          POLICY | 550 Administrative prohibition - envelope blocked - https://community.gate.example/docs#550
          POLICY | 554 Email rejected due to security policies - https://community.gate.example/docs#554
          SYSTEM_ERROR | 451 Internal resources are temporarily unavailable - https://community.gate.example/docs#451
          BAD_REPUTATION | 550 Local CT IP Reputation Policy - this address is of poor standing
          TOO_LARGE | 554 Maximum email size exceeded
          USER_UNKNOWN | 550 permanent failure for one or more recipients (anna@shop.example:550 5.1.1 User unknown)
          BLOCKED | 554 Service unavailable; Client host [mx.firm.example] blocked using Barracuda Reputation
          BAD_REPUTATION | 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.
          USER_UNKNOWN | 550 #5.1.0 Address rejected. (in reply to RCPT TO command)
          TOO_LARGE | 552 #5.3.4 message size exceeds limit
          RATE_LIMITED | 452 Too many recipients received this hour
          USER_UNKNOWN | 550 5.1.1 unknown or illegal alias: anna@shop.example
          MAILBOX_FULL | 552 5.2.2 anna@shop.example: user is over quota
          POLICY | 554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.shop.example/HT204137
          POLICY | 550-5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent.
          BLOCKED | 550-5.7.1 The IP you're using to send mail is not authorized to send email directly to our servers. Please use the SMTP relay at your service provider instead.
          BAD_REPUTATION | 421-4.7.0 Our system has detected that this message is suspicious due to the very low reputation of the sending domain.
          SUSPENDED | 550-5.2.1 The email account that you tried to reach is disabled.
          MAILBOX_FULL | 452-4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to
          RATE_LIMITED | 550-5.4.5 Daily SMTP relay sending limit exceeded for user.
          HOST_UNKNOWN | 553-5.1.2 We weren't able to find the recipient domain. Please check for any spelling errors.
          NOT_COMPLIANT | 550-5.7.1 Messages missing a valid Message-ID header are not accepted.
          ENCRYPTION_FAILED | 530-5.7.0 Must issue a STARTTLS command first.
          TOO_MANY_CONNECTIONS | 452-4.5.3 Your message has too many recipients.
          EXPIRED | 451-4.4.2 Timeout - closing connection.
          BAD_REPUTATION | 553 5.7.2 [TSS09] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.
          USER_UNKNOWN | 552 1 Requested mail action aborted, mailbox not found (in reply to end of DATA command)
          SYSTEM_ERROR | 451 4.3.2 Internal error reading data
          BLOCKED | 550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).
          RATE_LIMITED | 421 RP-001 The mail server IP connecting to this server has exceeded the rate limit allowed.
          SPAM | 550 SC-001 Mail rejected for policy reasons. Reasons for rejection may be related to content with spam-like characteristics.
          BLOCKED | 550 DY-001 We generally do not accept email from dynamic IP's as they are not typically used to deliver unauthenticated SMTP e-mail.
          MAILBOX_FULL | 554 5.2.2 mailbox full
          AUTHENTICATION_FAILURE | 550 5.7.509 Access denied, sending domain FIRM.EXAMPLE does not pass DMARC verification
          SENDER_REJECTED | 550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to recipient because the sender isn't on the recipient's list
          SECURITY_ERROR | 550 5.7.1 RESOLVER.RST.AuthRequired; authentication required
          OVER_LIMIT | 550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient
          NETWORK_ERROR | 550 5.4.6 ROUTING.LoopDetected; mail loop detected
          POLICY | 550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy
          BLOCKED | 550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.
          NO_RELAYING | 550 5.7.367 Remote server returned not permitted to relay -> 554 5.7.1 Relay access denied
          SPAM | 550 5.7.501 Service unavailable, spam abuse detected.
          ENCRYPTION_FAILED | 450 4.7.320 Certificate validation failed
          TOO_MANY_CONNECTIONS | 432 4.3.2 STOREDRV; concurrent connections limit exceeded
          MAILBOX_FULL | 550 5.2.2 Submission quota exceeded
          MAILBOX_FULL | 552-Requested mail action aborted: exceeded storage allocation 552 Quota exceeded. The recipient's mailbox is not able to receive any more messages.
          VIRUS | 550-5.7.0 Message considered as spam or virus, rejected
          USER_UNKNOWN | 550 unknown recipient (in reply to RCPT TO command)
          SUSPENDED | 550 5.2.1 This mailbox has been blocked due to inactivity (UserSearch)
          BLOCKED | 421 Too many spams from your IP (192.0.2.7), please visit http://postmaster.shop.example/
          SPAM | 550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]
          USER_UNKNOWN | 550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient.
          MAILBOX_FULL | 552 5.1.1 Boite du destinataire pleine. Recipient overquota.
          SUSPENDED | 550 5.5.0 Le compte du destinataire est bloque pour inactivite.
          TOO_MANY_CONNECTIONS | 421 Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down.
          USER_UNKNOWN | 550 5.1.1 recipient rejected. IB603b
          USER_UNKNOWN | 550 Message was not accepted -- invalid mailbox. Local mailbox anna@shop.example is unavailable: user not found
          SPAM | 550 spam message rejected. Please visit http://help.shop.example/notspam-support
          SUSPENDED | 550 Message was not accepted -- invalid mailbox. Account anna@shop.example is disabled
          SPAM | 554 5.7.1 Message rejected under suspicion of SPAM; https://shop.example/support/spam.xml
          USER_UNKNOWN | 550 5.7.1 No such user! (in reply to RCPT TO command)
          MAILBOX_FULL | 552 5.2.2 Mailbox size limit exceeded
          SYSTEM_ERROR | 451 4.7.1 Sorry, the service is currently unavailable. Please come back later.
          USER_UNKNOWN | 550 Mailbox not found. http://service.shop.example/cgi-bin/help (in reply to RCPT TO command)
          POLICY | 550 Mail content denied. http://service.shop.example/cgi-bin/help
          RATE_LIMITED | 550 Ip frequency limited. http://service.shop.example/cgi-bin/help
          TOO_MANY_CONNECTIONS | 550 Connection frequency limited
          SPAM | 554 DT:SPM smtp5, please see http://mail.shop.example/help
          SUSPENDED | 550 User suspended: anna@shop.example
          BLOCKED | 554 IP<192.0.2.7> is rejected, smtp auth error limit exceed
          USER_UNKNOWN | 550 5.1.1 No such user s4x.shop.example - nsmtp
          BLOCKED | 421 4.3.2 Your ip blocked from this server 192.0.2.7 - nsmtp
          USER_UNKNOWN | 550 5.1.1 User does not exist - <anna@shop.example>
          POLICY | 541 5.4.1 Mail rejected by destination domain
          SPAM | 554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam.
          NO_RELAYING | 553 Relaying disallowed as invoices@firm.example
          RATE_LIMITED | 454 Throttling failure: Maximum sending rate exceeded.
          FILTERED | 550 5.1.1 We have suppressed sending to this address because it is on our suppression list
          USER_UNKNOWN | 550 5.1.1 <anna@shop.example>: Recipient address rejected: User unknown in virtual alias table
          ENCRYPTION_FAILED | Server certificate not verified
          EXPIRED | conversation with mx.shop.example[192.0.2.9] timed out while sending message body
          NETWORK_ERROR | lost connection with mx.shop.example[192.0.2.9] while receiving the initial server greeting
          SENDER_REJECTED | 553 5.7.1 <invoices@firm.example>: Sender address rejected: not owned by user shop
          HOST_UNKNOWN | 450 4.1.2 <anna@shop.example>: Recipient address rejected: Domain not found
          MAILBOX_FULL | can't create user output file. Command output: procmail: Quota exceeded while writing
          MAILBOX_FULL | maildir delivery failed: error writing message: Disk quota exceeded
          USER_UNKNOWN | unknown local-part "anna" in domain "shop.example"
          MAILBOX_FULL | mailbox is full (MTA-imposed quota exceeded while writing to file /var/mail/anna)
          NO_RELAYING | 550 relay not permitted
          SENDER_REJECTED | 550 Sender verify failed
          NETWORK_ERROR | lowest numbered MX record points to local host
          NOT_ACCEPTING | an MX or SRV record indicated no SMTP service
          NETWORK_ERROR | Too many "Received" headers - suspected mail loop
          NOT_COMPLIANT | 550 maximum allowed line length is 998 octets, got 2410
          NETWORK_ERROR | CNAME lookup failed temporarily. (#4.4.3)
          NETWORK_ERROR | This message is looping: it already has my Delivered-To line. (#5.4.6)
          SENDER_REJECTED | Connected to 192.0.2.9 but sender was rejected. Remote host said: 550 no
          NETWORK_ERROR | Connected to 192.0.2.9 but connection died. (#4.4.2)
          NO_RELAYING | 553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
          SENDER_REJECTED | 553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)
          TOO_LARGE | 552 sorry, that message size exceeds my databytes limit (#5.3.4)
          NOT_COMPLIANT | 451 See http://pobox.example/docs/smtplf.html. bare LF received
          SYSTEM_ERROR | 451 qq temporary problem (#4.3.0)
          NO_REVERSE_NAME | 550 5.7.1 Fix reverse DNS for 192.0.2.7
          HOST_UNKNOWN | Host unknown (Name server: shop.example.: host not found)
          MAIL_SERVER_ERROR | unknown mailer error 1
          SENDER_REJECTED | 553 5.1.8 Domain of sender address invoices@firm.example does not exist
          NO_RELAYING | 550 5.7.1 Relaying denied. Proper authentication required.
          OVER_LIMIT | 552 5.2.3 Message exceeds maximum fixed size (10000000)
          USER_UNKNOWN | User anna (anna@shop.example) not listed in Domino Directory
          NETWORK_ERROR | Router: Maximum hop count exceeded. Message probably in a routing loop.
          TOO_LARGE | Document size (24 MB) exceeds maximum message size (10 MB)
          HOST_UNKNOWN | No route found to domain shop.example from server mx1. Check DNS configuration.
          NETWORK_ERROR | 450 Host down (mx.shop.example)
          NETWORK_ERROR | 420 TCP read error
          MAILBOX_FULL | 550 5.7.1 Mail box space not enough
          BLOCKED | 554 5.7.1 Your mail server is on a list of known sources of trouble
          SPAM | 550 Rule imposed mailbox access for anna refused: looks like junk
          RATE_LIMITED | 451 4.7.1 You are sending too fast, please slow down
          RATE_LIMITED | 450 4.7.1 Error: too much mail from 192.0.2.7
          AUTHENTICATION_FAILURE | 550 SPF: 192.0.2.7 is not allowed to send mail from firm.example
          AUTHENTICATION_FAILURE | 550 5.7.20 DKIM signature could not be verified
          VIRUS | 550 This message contains malware (Heuristics.Phishing.Email)
          VIRUS | 554 5.7.1 infected: Win.Test.EICAR
          CONTENT_ERROR | 552 5.7.1 An attachment of type .exe is not allowed here
          SYSTEM_FULL | 452 4.3.1 Out of memory or disk space
          SYSTEM_FULL | 431 Not enough room on this server's disk
          SYSTEM_ERROR | 451 Local error in processing
          EXPIRED | Delivery expired (message too old)
          EXPIRED | message has been in the queue for more than 5 days
          HAS_MOVED | 551 5.1.6 This person has moved to another company, please write to berta@elsewhere.example
          HAS_MOVED | 550 This address is no longer in use. The new address is berta@elsewhere.example
          USER_UNKNOWN | 550 Anna has left the company (in reply to RCPT TO command)
          USER_UNKNOWN | 550 5.1.1 Die Adresse ist uns nicht bekannt
          USER_UNKNOWN | 550 Benutzer nicht vorhanden (in reply to RCPT TO command)
          SUSPENDED | 550 Das Konto wurde stillgelegt
          MAILBOX_FULL | 550 Speicherplatz überschritten
          TOO_LARGE | 552 Die Mail ist zu groß für diesen Server
          BLOCKED | 554 Ihre IP-Adresse wurde gesperrt: your IP address is blocked
          SPAM | 550 Diese Nachricht wurde als Spam abgewiesen
          """)
  void understandsWhatServersAreKnownToSay(Reason reason, String said) {
    assertThat(ReasonTests.of("failed", "", said).reason()).isEqualTo(reason);
  }

  /** Each holds the words of a missing mailbox, and says something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 More about this recipient can be found at our help pages",
        "550 Details of this mailbox's rules may be found at https://shop.example/help",
        "451 error writing to mailbox: unknown error 5",
        "550 delivery to the user failed for an unknown reason",
        "554 5.3.0 unknown mailer error 75 for user anna",
        "535 Invalid credentials for user invoices",
        "535 5.7.8 Username and password not valid",
        "550 user password incorrect",
        "550 Your account has been suspended, contact your provider",
        "550 Your mailbox is disabled for sending",
        "550 The From address of your mail is not valid",
        "550 Your address is unknown to us, register as a sender first",
        "550 address of the sender could not be found",
        "550 Recipient address rejected: Invalid HELO name",
        "550 Recipient address rejected: your domain does not exist",
        "550 Recipient address rejected: SPF record not found",
        "550 Recipient address rejected: no such policy",
        "550 IP address 192.0.2.7 not found in our lists of partners",
        "550 Your message to the mailbox has been deleted by a filter",
        "550 No address associated with hostname, try again",
        "450 recipient's domain not found, try again later",
        "451 user lookup failed, account could not be verified, please try again",
        "451 4.3.0 temporary lookup failure, mailbox not found",
        "450 4.1.1 unable to verify user",
        "550 The user or domain that you are sending to has a policy that prohibits this",
        "550 This user does not accept mail from unknown senders",
        "550 mailbox for user not available, over quota",
        "550 account does not accept mail from invalid domains",
        "550 invalid content for this recipient",
        "550 invalid attachment type for user",
        "550 mail to this address from an invalid DKIM domain is refused",
        "554 the address list of recipients has an invalid format of header",
        "550 the recipient's server could not find your host name",
        "550 user could not be reached: certificate not valid",
        "550 message for recipient not delivered: no such attachment type allowed",
        "421 mailbox server not found, please try later",
        "550 unknown command for user",
        "550 account: invalid TLS certificate",
        "550 invalid use of this mailbox",
        "550 bad queue file for user, contact the postmaster",
        "550 illegal characters in the text sent to this user",
        "550 unknown protocol on the way to the mailbox",
        "451 bad gateway for this user"
      })
  void noAddressIsBlockedForWordsThatOnlyStandNearIt(String said) {
    assertThat(ReasonTests.of("failed", "", said).hard()).isFalse();
  }
}
