package org.postroom.documents.ubl;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/**
 * Reads hostile XML into {@link Element}s: no DTD, so no entities of its own, nothing from outside;
 * bounded in depth, elements, attributes and text. Extensions, signatures and embedded files are
 * read over.
 */
final class Xml {
  private static final int DEEPEST = 50;
  private static final int MOST_ELEMENTS = 1_000_000;
  private static final int MOST_ATTRIBUTES = 64;
  private static final int LONGEST_TEXT = 100_000;
  private static final int LONGEST_NAME = 200;
  private static final Set<String> READ_OVER =
      Set.of("UBLExtensions", "EmbeddedDocumentBinaryObject", "Signature");
  private static final Pattern ENCODING =
      Pattern.compile("^[^<]*<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader in;
  private int elements;

  private Xml(XMLStreamReader in) {
    this.in = in;
  }

  static Element parse(byte[] body) {
    if (saysUtf8(body)) mustBeUtf8(body);
    try {
      XMLStreamReader reader;
      synchronized (FACTORY) {
        reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      }
      return new Xml(reader).document();
    } catch (XMLStreamException broken) {
      throw unreadable(broken);
    } catch (Problem told) {
      throw told;
    } catch (RuntimeException broken) {
      // The JDK's reader answers some broken encodings with unchecked exceptions.
      throw Problem.unreadable("The body is not XML that can be read.", List.of());
    }
  }

  private static boolean saysUtf8(byte[] body) {
    int length = Math.min(body.length, 200);
    if (length > 1 && ((body[0] & 0xFE) == 0xFE || body[0] == 0 || body[1] == 0)) return false;
    String start = new String(body, 0, length, StandardCharsets.ISO_8859_1);
    var named = ENCODING.matcher(start);
    return !named.find() || named.group(1).equalsIgnoreCase("UTF-8");
  }

  /** Looked at first: the JDK's reader would write broken bytes to standard error. */
  private static void mustBeUtf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException broken) {
      throw Problem.unreadable("The XML is not valid UTF-8, which it says it is.", List.of());
    }
  }

  private Element document() throws XMLStreamException {
    Element root = null;
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.DTD) throw doctype();
      if (event == XMLStreamConstants.START_ELEMENT) root = root(root);
    }
    if (root == null) throw Problem.unreadable("The body holds no XML element.", List.of());
    return root;
  }

  private Element root(@Nullable Element before) throws XMLStreamException {
    if (before != null) throw Problem.unreadable("The XML has two root elements.", List.of());
    Element root = start(null);
    content(root, 1);
    return root;
  }

  /** Reads up to the end of the element. */
  private void content(Element element, int depth) throws XMLStreamException {
    var text = new StringBuilder();
    boolean leaf = true;
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          leaf = false;
          child(element, depth + 1);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            append(text);
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw refused(
                "entity",
                "The XML uses an entity of its own; only the five of XML itself are taken.");
        case XMLStreamConstants.DTD -> throw doctype();
        case XMLStreamConstants.END_ELEMENT -> {
          if (leaf) element.hold(text.toString());
          return;
        }
        default -> {}
      }
    }
  }

  private void child(Element parent, int depth) throws XMLStreamException {
    if (depth > DEEPEST)
      throw refused("too_deep", "The XML nests deeper than " + DEEPEST + " elements.");
    if (READ_OVER.contains(in.getLocalName())) {
      readOver(depth);
      return;
    }
    Element child = start(parent);
    parent.add(child);
    content(child, depth);
  }

  private void readOver(int depth) throws XMLStreamException {
    int open = 1;
    while (open > 0 && in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.DTD) throw doctype();
      if (event == XMLStreamConstants.START_ELEMENT) {
        count();
        if (++open + depth > 2 * DEEPEST)
          throw refused("too_deep", "The XML nests deeper than " + DEEPEST + " elements.");
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      }
    }
  }

  private Element start(@Nullable Element parent) {
    count();
    if (in.getAttributeCount() > MOST_ATTRIBUTES)
      throw refused("too_many", "An element has more than " + MOST_ATTRIBUTES + " attributes.");
    if (in.getLocalName().length() > LONGEST_NAME)
      throw refused(
          "too_long", "An element's name is longer than " + LONGEST_NAME + " characters.");
    Map<String, String> attributes = Map.of();
    if (in.getAttributeCount() > 0) {
      attributes = new HashMap<>();
      for (int i = 0; i < in.getAttributeCount(); i++) {
        String value = in.getAttributeValue(i);
        if (value.length() <= LONGEST_NAME) attributes.put(in.getAttributeLocalName(i), value);
      }
    }
    String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
    return new Element(
        in.getLocalName().intern(),
        namespace.intern(),
        parent,
        in.getLocation().getLineNumber(),
        attributes);
  }

  private void append(StringBuilder text) {
    if (text.length() + in.getTextLength() > LONGEST_TEXT)
      throw refused("too_long", "A text is longer than " + LONGEST_TEXT + " characters.");
    text.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
  }

  private void count() {
    if (++elements > MOST_ELEMENTS)
      throw refused("too_many", "The XML has more than " + MOST_ELEMENTS + " elements.");
  }

  private Problem doctype() {
    return refused(
        "doctype", "The XML has a DOCTYPE. Remove it: UBL needs none, and it could hide entities.");
  }

  private Problem refused(String code, String message) {
    String place = "line " + in.getLocation().getLineNumber();
    return Problem.unreadable(message, List.of(new FieldError(place, code, message)));
  }

  private static Problem unreadable(XMLStreamException broken) {
    var at = broken.getLocation();
    String message = broken.getMessage() == null ? "" : broken.getMessage();
    if (message.contains("DOCTYPE") || message.contains("DTD"))
      return Problem.unreadable(
          "The XML has a DOCTYPE. Remove it: UBL needs none, and it could hide entities.",
          List.of());
    // "ParseError at [row,col]:[1,5]\nMessage: …": the place is told in our own words.
    String reason =
        message.replaceFirst("(?s)^ParseError at .*?Message: ", "").replaceAll("\\s+", " ");
    String shown = reason.length() > 200 ? reason.substring(0, 200) + "…" : reason;
    String where =
        at == null ? "" : "line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ": ";
    return Problem.unreadable("The body is not well-formed XML: " + where + shown, List.of());
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("Nothing is read from outside.");
    });
    return factory;
  }
}
