package org.postroom.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** What providers really say, and what we make of it. */
class SmtpTroubleTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AUTHENTICATE | 535 | 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant | SIGN_IN_REFUSED | ACCOUNT | true
          AUTHENTICATE | 535 | 5.7.3 Authentication unsuccessful | SIGN_IN_REFUSED | ACCOUNT | true
          AUTHENTICATE | 535 | 5.7.8 Username and Password not accepted | SIGN_IN_REFUSED | ACCOUNT | true
          AUTHENTICATE | 534 | 5.7.9 Application-specific password required | SIGN_IN_REFUSED | ACCOUNT | true
          AUTHENTICATE | 525 | 5.7.13 Account disabled | SIGN_IN_REFUSED | ACCOUNT | true
          AUTHENTICATE | 432 | 4.7.12 A password transition is needed | SIGN_IN_REFUSED | ACCOUNT | true
          AUTHENTICATE | 454 | 4.7.0 Temporary authentication failure | SIGN_IN_UNAVAILABLE | ACCOUNT | false
          AUTHENTICATE | 454 | 4.7.0 Too many login attempts, please try again later | RATE_LIMITED | ACCOUNT | false
          AUTHENTICATE | 535 | 5.7.0 (#AUTH005) Too many bad auth attempts | RATE_LIMITED | ACCOUNT | false
          AUTHENTICATE | 451 | Authentication failed: Maximum credits exceeded | RATE_LIMITED | ACCOUNT | false
          AUTHENTICATE | 504 | 5.7.4 Unrecognized authentication type | SIGN_IN_NOT_OFFERED | ACCOUNT | true
          AUTHENTICATE | 503 | 5.5.1 Error: authentication not enabled | SIGN_IN_NOT_OFFERED | ACCOUNT | true
          GREET        | 421 | 4.7.0 mail.example Error: too many connections from 192.0.2.1 | RATE_LIMITED | ACCOUNT | false
          SENDER       | 530 | 5.7.57 Client not authenticated to send mail | SIGN_IN_NEEDED | ACCOUNT | true
          SENDER       | 530 | 5.7.0 Must issue a STARTTLS command first | SIGN_IN_NEEDED | ACCOUNT | true
          SENDER       | 432 | 4.3.2 Concurrent connections limit exceeded | RATE_LIMITED | ACCOUNT | false
          SENDER       | 451 | 4.7.500 Server busy. Please try again later from [192.0.2.1] (AS761) | RATE_LIMITED | ACCOUNT | false
          SENDER       | 452 | 4.3.1 Insufficient system storage | SERVER_BUSY | ACCOUNT | false
          SENDER       | 501 | 5.1.7 Bad sender address syntax | SENDER_REFUSED | ACCOUNT | true
          SENDER       | 552 | 5.3.4 Message size exceeds fixed limit | MESSAGE_TOO_LARGE | MESSAGE | true
          SENDER       | 553 | 5.6.7 SMTPUTF8 is not available | UTF8_NOT_SUPPORTED | MESSAGE | true
          RECIPIENT    | 553 | 5.7.1 <a@b.example>: Sender address rejected: not owned by user u | SENDER_REFUSED | ACCOUNT | true
          RECIPIENT    | 553 | 5.7.1 <a@b.example>: Sender address rejected: not logged in | SIGN_IN_NEEDED | ACCOUNT | true
          RECIPIENT    | 550 | 5.1.1 <x@y.example>: Recipient address rejected: User unknown | RECIPIENT_REFUSED | RECIPIENT | true
          RECIPIENT    | 550 | 5.4.1 Recipient address rejected: Access denied | RECIPIENT_REFUSED | RECIPIENT | true
          RECIPIENT    | 554 | 5.7.1 <x@y.example>: Relay access denied | RELAY_DENIED | ACCOUNT | true
          RECIPIENT    | 454 | 4.7.1 <x@y.example>: Relay access denied | RELAY_DENIED | ACCOUNT | false
          RECIPIENT    | 550 | 5.7.54 SMTP; Unable to relay recipient in non-accepted domain | RELAY_DENIED | ACCOUNT | true
          RECIPIENT    | 452 | 4.2.2 The recipient's inbox is out of storage space | RECIPIENT_DEFERRED | RECIPIENT | false
          RECIPIENT    | 552 | 5.2.2 Mailbox full | RECIPIENT_DEFERRED | RECIPIENT | true
          RECIPIENT    | 450 | 4.2.0 <x@y.example>: Recipient address rejected: Greylisted | RECIPIENT_DEFERRED | RECIPIENT | false
          RECIPIENT    | 452 | 4.5.3 Too many recipients | RECIPIENT_DEFERRED | RECIPIENT | false
          RECIPIENT    | 552 | 5.5.3 Too many recipients | RECIPIENT_DEFERRED | RECIPIENT | false
          RECIPIENT    | 550 | 5.7.133 The recipient only accepts mail from inside | RECIPIENT_REFUSED | RECIPIENT | true
          CONTENT      | 550 | 5.7.60 SMTP; Client does not have permissions to send as this sender | SENDER_REFUSED | ACCOUNT | true
          CONTENT      | 554 | 5.2.252 SendAsDenied; a@x.example not allowed to send as b@x.example | SENDER_REFUSED | ACCOUNT | true
          CONTENT      | 553 | Relaying disallowed as b@x.example | SENDER_REFUSED | ACCOUNT | true
          CONTENT      | 554 | Message rejected: Email address is not verified. | SENDER_REFUSED | ACCOUNT | true
          CONTENT      | 550 | 5.1.8 Access denied, bad outbound sender | SENDER_REFUSED | ACCOUNT | true
          CONTENT      | 550 | 5.2.251 Sender throttled due to continuous failures | RATE_LIMITED | ACCOUNT | false
          CONTENT      | 554 | 5.2.0 STOREDRV; SubmissionQuotaExceededException | RATE_LIMITED | ACCOUNT | false
          CONTENT      | 554 | 5.2.2 Submission quota exceeded | RATE_LIMITED | ACCOUNT | false
          CONTENT      | 550 | 5.4.5 Daily user sending limit exceeded | RATE_LIMITED | ACCOUNT | false
          CONTENT      | 421 | 4.7.28 Gmail has detected an unusual rate of mail | RATE_LIMITED | ACCOUNT | false
          CONTENT      | 454 | Throttling failure: Maximum sending rate exceeded. | RATE_LIMITED | ACCOUNT | false
          CONTENT      | 550 | 5.7.30 Basic authentication is not supported for Client Submission | SIGN_IN_REFUSED | ACCOUNT | true
          CONTENT      | 552 | 5.2.3 Your message exceeded Google's message size limits | MESSAGE_TOO_LARGE | MESSAGE | true
          CONTENT      | 552 | 5.7.0 This message was blocked because its content presents a potential security issue | CONTENT_REFUSED | MESSAGE | true
          CONTENT      | 550 | 5.7.1 This message is not RFC 5322 compliant | CONTENT_REFUSED | MESSAGE | true
          CONTENT      | 554 | 5.7.1 The message was judged to be spam | CONTENT_REFUSED | MESSAGE | true
          CONTENT      | 550 | 5.1.1 User unknown | RECIPIENT_REFUSED | MESSAGE | true
          CONTENT      | 452 | 4.3.1 Insufficient system storage | SERVER_BUSY | MESSAGE | false
          CONTENT      | 250 | ok | PROTOCOL_BROKEN | MESSAGE | false
          """)
  void readsReplies(
      Stage stage, int code, String text, FailureKind kind, Scope scope, boolean permanent) {
    Trouble trouble = SmtpTrouble.of(stage, Reply.of(code, text));
    assertThat(trouble.failure().kind()).isEqualTo(kind);
    assertThat(trouble.failure().scope()).isEqualTo(scope);
    assertThat(trouble.permanent()).isEqualTo(permanent);
    assertThat(trouble.failure().stage()).isEqualTo(stage);
  }
}
