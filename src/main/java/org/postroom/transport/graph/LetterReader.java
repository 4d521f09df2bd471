package org.postroom.transport.graph;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.transport.graph.Letter.Header;
import org.postroom.transport.graph.Letter.Piece;

/**
 * Takes a finished message apart for Graph's JSON. All or nothing: a message that JSON would change
 * for its reader (signed, encrypted, with a calendar entry) is not taken apart.
 */
final class LetterReader {
  private static final int DEEPEST = 10;

  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable String html;
  private @Nullable String text;

  private LetterReader() {}

  /** Null where the message cannot be said in JSON. */
  static @Nullable Letter read(byte[] mime) {
    var settings = new Properties();
    settings.put("mail.mime.allowutf8", "true");
    settings.put("mail.mime.address.strict", "false");
    try {
      var message = new MimeMessage(Session.getInstance(settings), new ByteArrayInputStream(mime));
      var reader = new LetterReader();
      reader.part(message, 0);
      return reader.letter(message);
    } catch (MessagingException | IOException | IllegalArgumentException | Unsayable not) {
      return null;
    }
  }

  private Letter letter(MimeMessage message) throws MessagingException {
    String subject = message.getSubject();
    String body = html != null ? html : text;
    List<Address> from = addresses(message, "From");
    return new Letter(
        subject == null ? "" : subject,
        html != null,
        body == null ? "" : body,
        from.isEmpty() ? null : from.getFirst(),
        addresses(message, "To"),
        addresses(message, "Cc"),
        addresses(message, "Bcc"),
        addresses(message, "Reply-To"),
        message.getMessageID(),
        ownHeaders(message),
        message.getHeader("List-Unsubscribe", ", "),
        List.copyOf(pieces));
  }

  private void part(Part part, int depth) throws MessagingException, IOException, Unsayable {
    if (depth > DEEPEST) throw new Unsayable();
    if (part.isMimeType("multipart/alternative")) alternatives(multipart(part), depth);
    else if (part.isMimeType("multipart/mixed") || part.isMimeType("multipart/related"))
      for (BodyPart one : parts(multipart(part))) part(one, depth + 1);
    else if (part.isMimeType("multipart/*")) throw new Unsayable();
    else leaf(part);
  }

  /** Plain text, HTML, or HTML with its pictures; nothing else is the same said differently. */
  private void alternatives(Multipart all, int depth)
      throws MessagingException, IOException, Unsayable {
    for (BodyPart one : parts(all)) {
      boolean sayable =
          one.isMimeType("text/plain")
              || one.isMimeType("text/html")
              || one.isMimeType("multipart/related");
      if (!sayable) throw new Unsayable();
      part(one, depth + 1);
    }
  }

  private void leaf(Part part) throws MessagingException, IOException, Unsayable {
    boolean file =
        part.getFileName() != null || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    boolean words = part.isMimeType("text/html") || part.isMimeType("text/plain");
    if (file || !words) {
      pieces.add(piece(part));
      return;
    }
    // A second text, below the files perhaps, has no place.
    if (part.isMimeType("text/html")) {
      if (html != null) throw new Unsayable();
      html = words(part);
    } else {
      if (text != null || html != null) throw new Unsayable();
      text = words(part);
    }
  }

  private Piece piece(Part part) throws MessagingException, IOException {
    String name = part.getFileName();
    String shown = name == null ? "part " + (pieces.size() + 1) : MimeUtility.decodeText(name);
    return new Piece(
        shown,
        new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT),
        idWhereShownInside(part),
        bytes(part));
  }

  private static @Nullable String idWhereShownInside(Part part) throws MessagingException {
    String id = part instanceof MimePart mime ? mime.getContentID() : null;
    if (id == null || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) return null;
    return id.replaceAll("^\\s*<|>\\s*$", "");
  }

  private static String words(Part part) throws MessagingException, IOException {
    String charset = new ContentType(part.getContentType()).getParameter("charset");
    return new String(
        bytes(part),
        charset == null
            ? StandardCharsets.UTF_8
            : Charset.forName(MimeUtility.javaCharset(charset)));
  }

  private static byte[] bytes(Part part) throws MessagingException, IOException {
    try (InputStream in = part.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static Multipart multipart(Part part) throws MessagingException, IOException, Unsayable {
    if (part.getContent() instanceof Multipart multipart) return multipart;
    throw new Unsayable();
  }

  private static List<BodyPart> parts(Multipart multipart) throws MessagingException {
    List<BodyPart> parts = new ArrayList<>();
    for (int i = 0; i < multipart.getCount(); i++) parts.add(multipart.getBodyPart(i));
    return parts;
  }

  private static List<Address> addresses(MimeMessage message, String field)
      throws MessagingException {
    String value = message.getHeader(field, ", ");
    if (value == null) return List.of();
    List<Address> found = new ArrayList<>();
    for (InternetAddress one : InternetAddress.parseHeader(value, false)) {
      if (!one.isGroup()) found.add(new Address(one.getPersonal(), one.getAddress()));
    }
    return found;
  }

  private static List<Header> ownHeaders(MimeMessage message) throws MessagingException {
    List<Header> own = new ArrayList<>();
    for (jakarta.mail.Header header : Collections.list(message.getAllHeaders())) {
      if (header.getName().toLowerCase(Locale.ROOT).startsWith("x-"))
        own.add(new Header(header.getName(), MimeUtility.unfold(header.getValue())));
    }
    return own;
  }

  /** JSON has no words for this. */
  private static final class Unsayable extends Exception {
    private static final long serialVersionUID = 1;
  }
}
