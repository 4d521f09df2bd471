package org.postroom.transport.ews;

import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.MailboxView.Mail;

/**
 * What Exchange answered: for each thing asked a class and a code, or a fault for the whole.
 *
 * @param said one for each response message; a fault counts as one
 * @param items named in it
 * @param mails those items of which it says when they came
 * @param content of the mail that was asked for; null where none was
 * @param server build of the server, such as {@code 15.2.1118.7}; null where it did not say
 */
record SoapAnswer(
    List<Said> said,
    List<ItemId> items,
    List<Mail> mails,
    byte @Nullable [] content,
    @Nullable String server) {
  private static final int MOST_ELEMENTS = 20_000;
  private static final int DEEPEST = 100;
  private static final int MOST_TEXT = 4_000;
  private static final String CONTENT = "MimeContent";
  private static final XMLInputFactory FACTORY = factory();

  /**
   * @param kind {@code Success}, {@code Warning}, {@code Error}, or {@code Fault}
   * @param code such as {@code NoError} or {@code ErrorSendAsDenied}
   * @param backOff how long we are asked to wait
   */
  record Said(String kind, String code, String text, @Nullable Duration backOff) {
    boolean good() {
      return kind.equals("Success") && code.equals("NoError");
    }
  }

  boolean good() {
    return !said.isEmpty() && said.stream().allMatch(Said::good);
  }

  /** The first that is not good. */
  @Nullable Said bad() {
    return said.stream().filter(one -> !one.good()).findFirst().orElse(null);
  }

  /** Throws {@link XMLStreamException} where it is none of Exchange's answers. */
  static SoapAnswer read(byte[] xml) throws XMLStreamException {
    XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
    try {
      var reading = new Reading();
      int depth = 0;
      int elements = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++depth > DEEPEST || ++elements > MOST_ELEMENTS)
              throw new XMLStreamException("The answer is too large.");
            reading.start(reader);
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            reading.end(reader.getLocalName());
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              reading.text(reader.getText());
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new XMLStreamException("The answer has a document type.");
          default -> {}
        }
      }
      return reading.answer();
    } finally {
      reader.close();
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver((publicId, systemId, base, space) -> {
      throw new XMLStreamException("The answer refers to something outside.");
    });
    return factory;
  }

  /** Collects while the elements go by. Local names are enough: none of them means two things. */
  private static final class Reading {
    private final List<Said> said = new ArrayList<>();
    private final List<ItemId> items = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String server;
    private @Nullable String kind;
    private String code = "";
    private String message = "";
    private String inner = "";
    private String valueName = "";
    private @Nullable Duration backOff;
    private final List<Mail> mails = new ArrayList<>();
    private byte @Nullable [] content;
    private boolean inContent;

    void start(XMLStreamReader reader) {
      text.setLength(0);
      String name = reader.getLocalName();
      inContent = name.equals(CONTENT);
      String responseClass = reader.getAttributeValue(null, "ResponseClass");
      if (responseClass != null) begin(responseClass);
      switch (name) {
        case "Fault" -> begin("Fault");
        case "ServerVersionInfo" -> server = version(reader);
        case "ItemId" -> item(reader);
        case "Value" -> valueName = said(reader, "Name");
        default -> {}
      }
    }

    void text(String more) {
      if (inContent || text.length() < MOST_TEXT) text.append(more);
    }

    void end(String name) throws XMLStreamException {
      String value = text.toString().strip();
      text.setLength(0);
      switch (name) {
        case "ResponseCode" -> code = value;
        case "faultcode" -> code = code.isEmpty() ? bare(value) : code;
        case "MessageText", "faultstring", "Message" -> {
          if (message.isEmpty()) message = value;
        }
        case "Value" -> value(value);
        case "InternetMessageId" -> messageId(value);
        case "Size" -> size(value);
        case "DateTimeReceived" -> received(value);
        case CONTENT -> content(value);
        case "Fault" -> finish();
        default -> {
          if (name.endsWith("ResponseMessage")) finish();
        }
      }
    }

    SoapAnswer answer() throws XMLStreamException {
      if (said.isEmpty()) throw new XMLStreamException("The answer is none of Exchange's.");
      return new SoapAnswer(
          List.copyOf(said), List.copyOf(items), List.copyOf(mails), content, server);
    }

    private void begin(String newKind) {
      kind = newKind;
      code = "";
      message = "";
      inner = "";
      backOff = null;
    }

    private void finish() {
      if (kind == null) return;
      // Exchange wraps "busy" into an internal error and tells inside what it was.
      boolean wrapped = code.equals("ErrorInternalServerError") && inner.startsWith("Error");
      said.add(new Said(kind, wrapped ? inner : code, message, backOff));
      kind = null;
    }

    private void value(String value) {
      if (valueName.equals("InnerErrorResponseCode")) inner = value;
      if (valueName.equals("BackOffMilliseconds") && value.matches("[0-9]{1,9}"))
        backOff = Duration.ofMillis(Long.parseLong(value));
    }

    private void item(XMLStreamReader reader) {
      String id = reader.getAttributeValue(null, "Id");
      if (id != null) items.add(new ItemId(id, reader.getAttributeValue(null, "ChangeKey"), null));
    }

    private void messageId(String value) {
      if (items.isEmpty()) return;
      ItemId last = items.removeLast();
      items.add(new ItemId(last.id(), last.changeKey(), value));
    }

    /** The schema has the id before it, and the size behind. */
    private void received(String value) throws XMLStreamException {
      if (items.isEmpty()) return;
      try {
        Instant at = OffsetDateTime.parse(value).toInstant();
        mails.add(new Mail(items.getLast().id(), at.truncatedTo(ChronoUnit.SECONDS), 0));
      } catch (DateTimeException unreadable) {
        throw new XMLStreamException("A mail came at no time: " + value);
      }
    }

    private void size(String value) {
      if (mails.isEmpty() || !value.matches("[0-9]{1,12}")) return;
      Mail last = mails.removeLast();
      mails.add(new Mail(last.id(), last.received(), Long.parseLong(value)));
    }

    private void content(String value) throws XMLStreamException {
      inContent = false;
      try {
        content = Base64.getMimeDecoder().decode(value);
      } catch (IllegalArgumentException broken) {
        throw new XMLStreamException("A mail is not in base64.");
      }
    }

    private static String version(XMLStreamReader reader) {
      return said(reader, "MajorVersion")
          + "."
          + said(reader, "MinorVersion")
          + "."
          + said(reader, "MajorBuildNumber")
          + "."
          + said(reader, "MinorBuildNumber");
    }

    private static String said(XMLStreamReader reader, String attribute) {
      String value = reader.getAttributeValue(null, attribute);
      return value == null ? "" : value;
    }

    private static String bare(String name) {
      return name.substring(name.indexOf(':') + 1);
    }
  }
}
