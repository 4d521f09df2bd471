package org.postroom.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A finished mail, taken apart for people to look at. What cannot be read is left out, never an
 * error: mail of others is shown here too.
 *
 * @param html the first HTML part, null where there is none
 * @param text the first plain part, null where there is none
 * @param attachments everything else, in the order it stands
 */
public record MailContent(
    @Nullable String html, @Nullable String text, List<Attachment> attachments) {
  private static final int DEEPEST = 20;
  private static final int MOST_PARTS = 300;
  private static final int MOST_TEXT_BYTES = 4_000_000;
  private static final int MOST_BYTES = 100_000_000;

  public MailContent {
    attachments = List.copyOf(attachments);
  }

  /** Takes the mail as it was handed over (RFC 5322, RFC 2045). */
  public static MailContent read(byte[] mime) {
    var reading = new Reading();
    try {
      Session none = Session.getInstance(new Properties());
      reading.part(new MimeMessage(none, new ByteArrayInputStream(mime)), 0);
    } catch (MessagingException | IOException | RuntimeException unreadable) {
      // What was read until here is shown; the source shows everything.
    }
    return new MailContent(reading.html, reading.text, reading.attachments);
  }

  /** Where the reader is. */
  private static final class Reading {
    private @Nullable String html;
    private @Nullable String text;
    private final List<Attachment> attachments = new ArrayList<>();
    private int parts;

    void part(Part part, int depth) throws MessagingException, IOException {
      if (depth > DEEPEST || ++parts > MOST_PARTS) return;
      if (part.isMimeType("multipart/*")) {
        if (part.getContent() instanceof Multipart multipart) all(multipart, depth);
      } else if (html == null && isBody(part, "text/html")) html = words(part);
      else if (text == null && isBody(part, "text/plain")) text = words(part);
      else attachments.add(attachment(part));
    }

    /** One broken part does not hide the others. */
    private void all(Multipart multipart, int depth) throws MessagingException {
      for (int i = 0; i < multipart.getCount(); i++) {
        BodyPart part = multipart.getBodyPart(i);
        try {
          part(part, depth + 1);
        } catch (MessagingException | IOException | RuntimeException unreadable) {
          continue;
        }
      }
    }

    private Attachment attachment(Part part) throws MessagingException, IOException {
      String name = part.getFileName();
      String shown = name == null ? "part " + (attachments.size() + 1) : decoded(name);
      return new Attachment(clean(shown), type(part), bytes(part, MOST_BYTES));
    }

    private static boolean isBody(Part part, String type) throws MessagingException {
      return part.isMimeType(type)
          && part.getFileName() == null
          && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    }

    private static String words(Part part) throws MessagingException, IOException {
      return new String(bytes(part, MOST_TEXT_BYTES), charset(part));
    }

    private static byte[] bytes(Part part, int most) throws MessagingException, IOException {
      try (InputStream in = part.getInputStream()) {
        return in.readNBytes(most);
      }
    }

    private static Charset charset(Part part) throws MessagingException {
      try {
        String name = new ContentType(part.getContentType()).getParameter("charset");
        return name == null
            ? StandardCharsets.UTF_8
            : Charset.forName(MimeUtility.javaCharset(name));
      } catch (IllegalArgumentException | MessagingException unknown) {
        return StandardCharsets.UTF_8;
      }
    }

    private static String type(Part part) throws MessagingException {
      try {
        String type = new ContentType(part.getContentType()).getBaseType();
        if (type.matches("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+"))
          return type.toLowerCase(Locale.ROOT);
      } catch (MessagingException notAType) {
        // Then it is just bytes.
      }
      return "application/octet-stream";
    }

    /** No path and nothing invisible: senders choose these names. */
    private static String clean(String name) {
      String clean = name.replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\]", "_").strip();
      return clean.isEmpty() ? "file" : clean.substring(0, Math.min(clean.length(), 200));
    }

    private static String decoded(String name) {
      try {
        return MimeUtility.decodeText(name);
      } catch (IOException asItStands) {
        return name;
      }
    }
  }
}
