package org.postroom.documents.einvoice;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes XML with the prefixes of CII; what is null is left out. */
final class XmlOut {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 * 1024);
  private final XMLStreamWriter writer;

  /** Something that writes; what goes wrong with memory as its target is our own mistake. */
  private interface Step {
    void run() throws XMLStreamException;
  }

  XmlOut() {
    try {
      writer = FACTORY.createXMLStreamWriter(bytes, "UTF-8");
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    write(() -> writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0"));
  }

  byte[] bytes() {
    write(() -> {
      writer.writeEndDocument();
      writer.close();
    });
    return bytes.toByteArray();
  }

  void namespace(String prefix, String uri) {
    write(() -> writer.writeNamespace(prefix, uri));
  }

  void open(String name) {
    write(() -> writer.writeStartElement(name));
  }

  void close() {
    write(writer::writeEndElement);
  }

  /** An element with others in it. */
  void in(String name, Runnable content) {
    open(name);
    content.run();
    close();
  }

  void text(String name, @Nullable String value) {
    if (value == null || value.isBlank()) return;
    in(name, () -> characters(value));
  }

  void text(String name, @Nullable String value, String attribute, String said) {
    if (value == null || value.isBlank()) return;
    open(name);
    write(() -> writer.writeAttribute(attribute, said));
    characters(value);
    close();
  }

  void number(String name, BigDecimal value) {
    text(name, value.toPlainString());
  }

  /** {@code 20261102} (UNTDID 2379, 102) within the element. */
  void date(String name, @Nullable LocalDate date) {
    if (date == null) return;
    String plain = date.format(DateTimeFormatter.BASIC_ISO_DATE);
    in(name, () -> text("udt:DateTimeString", plain, "format", "102"));
  }

  /** What XML 1.0 cannot hold is left out. */
  private void characters(String value) {
    int[] clean = value.strip().codePoints().filter(XmlOut::isAllowed).toArray();
    write(() -> writer.writeCharacters(new String(clean, 0, clean.length)));
  }

  private static boolean isAllowed(int point) {
    return point >= 0x20
        ? (point < 0xd800 || point > 0xdfff) && point != 0xfffe && point != 0xffff
        : point == '\t' || point == '\n' || point == '\r';
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
