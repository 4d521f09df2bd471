package org.postroom.testkit;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What a service that delivers by the headers reads from them: Angus Mail's reading, not ours. */
record ParsedMail(String from, List<String> recipients) {

  static ParsedMail of(byte[] mime) {
    var settings = new Properties();
    settings.put("mail.mime.allowutf8", "true");
    settings.put("mail.mime.address.strict", "false");
    try {
      var mail = new MimeMessage(Session.getInstance(settings), new ByteArrayInputStream(mime));
      List<String> all = new ArrayList<>();
      for (String field : new String[] {"To", "Cc", "Bcc"}) all.addAll(addresses(mail, field));
      List<String> from = addresses(mail, "From");
      return new ParsedMail(from.isEmpty() ? "" : from.getFirst(), all);
    } catch (MessagingException unreadable) {
      return new ParsedMail("", List.of());
    }
  }

  /** With its angle brackets; empty where there is none. */
  static String messageId(byte[] mime) {
    try {
      String id =
          new InternetHeaders(new ByteArrayInputStream(mime), true).getHeader("Message-ID", null);
      return id == null ? "" : id.strip();
    } catch (MessagingException unreadable) {
      return "";
    }
  }

  private static List<String> addresses(MimeMessage mail, String field) throws MessagingException {
    String value = mail.getHeader(field, ",");
    if (value == null) return List.of();
    List<String> found = new ArrayList<>();
    for (InternetAddress one : InternetAddress.parseHeader(value, false))
      if (!one.isGroup()) found.add(one.getAddress());
    return found;
  }
}
