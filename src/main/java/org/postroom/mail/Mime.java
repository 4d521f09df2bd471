package org.postroom.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds the finished message (RFC 5322, RFC 2045 and following): multipart/alternative of plain
 * text and HTML, in multipart/mixed where files go along. The same input gives the same bytes.
 *
 * @param messageId with angle brackets
 * @param automatic a job made it, no person: marked so that no robot answers (RFC 3834)
 * @param html null for plain text only
 */
public record Mime(
    String messageId,
    Instant date,
    ZoneId zone,
    Address from,
    List<Address> replyTo,
    List<Address> to,
    List<Address> cc,
    String subject,
    boolean automatic,
    String text,
    @Nullable String html,
    List<Attachment> attachments) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

  public Mime {
    replyTo = List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    attachments = List.copyOf(attachments);
    if (!messageId.matches("<[A-Za-z0-9._+=-]+@[A-Za-z0-9.-]+>"))
      throw new IllegalArgumentException("“" + messageId + "” is no Message-ID.");
  }

  /** The message as bytes, lines ended by CRLF. */
  public byte[] bytes() {
    int expected = 4096 + text.length() * 2 + (html == null ? 0 : html.length() * 2);
    for (Attachment attachment : attachments) expected += attachment.content().length * 14 / 10;
    var out = new Output(expected);
    headers(out);
    if (attachments.isEmpty()) body(out);
    else mixed(out);
    return out.toByteArray();
  }

  private void headers(Output out) {
    out.text(addressHeaders(messageId, date, zone, to, cc));
    out.header("From", HeaderText.mailbox(from));
    if (!replyTo.isEmpty()) out.header("Reply-To", mailboxes(replyTo));
    out.header("Subject", HeaderText.unstructured(subject));
    if (automatic) {
      out.header("Auto-Submitted", "auto-generated");
      out.header("X-Auto-Response-Suppress", "All");
    }
    out.header("MIME-Version", "1.0");
  }

  private void mixed(Output out) {
    String boundary = boundary("mixed");
    out.header("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
    out.boundary(boundary);
    body(out);
    for (Attachment attachment : attachments) {
      out.boundary(boundary);
      attachment(out, attachment);
    }
    out.boundary(boundary + "--");
  }

  private void body(Output out) {
    if (html == null) {
      part(out, "text/plain", text);
      return;
    }
    String boundary = boundary("alternative");
    out.header("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
    out.boundary(boundary);
    part(out, "text/plain", text);
    out.boundary(boundary);
    part(out, "text/html", html);
    out.boundary(boundary + "--");
  }

  private static void part(Output out, String type, String content) {
    String lines = content.replace("\r\n", "\n").replace('\r', '\n');
    if (!lines.endsWith("\n")) lines += "\n";
    boolean plain =
        HeaderText.isAscii(lines)
            && lines.lines().allMatch(line -> line.length() <= 76 && !line.startsWith("From "));
    out.header("Content-Type", type + "; charset=" + (plain ? "us-ascii" : "UTF-8"));
    out.header("Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
    out.line("");
    out.text(plain ? lines.replace("\n", "\r\n") : QuotedPrintable.encode(lines));
  }

  private static void attachment(Output out, Attachment attachment) {
    out.header(
        "Content-Type",
        attachment.contentType() + "; " + HeaderText.parameter("name", attachment.filename()));
    out.header("Content-Transfer-Encoding", "base64");
    out.header(
        "Content-Disposition",
        "attachment; " + HeaderText.parameter("filename", attachment.filename()));
    out.line("");
    out.writeBytes(BASE64.encode(attachment.content()));
  }

  /** Cannot occur in any part: quoted-printable never makes "=_", base64 has no underscore. */
  private String boundary(String kind) {
    return "=_" + kind + "_" + messageId.substring(1, messageId.indexOf('@'));
  }

  /** The headers that change when a message goes to somebody else. */
  static String addressHeaders(
      String messageId, Instant date, ZoneId zone, List<Address> to, List<Address> cc) {
    var headers = new StringBuilder(HeaderText.line("Date", DATE.format(date.atZone(zone))));
    headers.append(HeaderText.line("Message-ID", messageId));
    if (!to.isEmpty()) headers.append(HeaderText.line("To", mailboxes(to)));
    if (!cc.isEmpty()) headers.append(HeaderText.line("Cc", mailboxes(cc)));
    if (to.isEmpty() && cc.isEmpty()) headers.append("To: undisclosed-recipients:;\r\n");
    return headers.toString();
  }

  private static String mailboxes(List<Address> addresses) {
    return addresses.stream().map(HeaderText::mailbox).collect(Collectors.joining(", "));
  }

  private static final class Output extends ByteArrayOutputStream {
    Output(int expected) {
      super(expected);
    }

    void header(String name, String value) {
      text(HeaderText.line(name, value));
    }

    /** The line break before a boundary belongs to it (RFC 2046 5.1.1), or ends the headers. */
    void boundary(String boundary) {
      text("\r\n--" + boundary + "\r\n");
    }

    void line(String text) {
      text(text);
      text("\r\n");
    }

    void text(String text) {
      writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
