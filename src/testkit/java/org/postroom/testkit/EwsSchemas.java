package org.postroom.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Exchange's own schemas, where they lie beside the project. */
public final class EwsSchemas {
  private static final Path FOLDER = Path.of("../shared/corpora/ews");
  private static final Pattern WORD = Pattern.compile("<xs:enumeration value=\"([^\"]+)\"");
  private static final Optional<Schema> SCHEMA = load();

  /** The schemas import XML's own namespace without saying from where. */
  private static final String XML =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
          targetNamespace="http://www.w3.org/XML/1998/namespace">
        <xs:attribute name="lang" type="xs:language"/>
      </xs:schema>
      """;

  private EwsSchemas() {}

  /** Whether there is something to check against. */
  public static boolean present() {
    return SCHEMA.isPresent();
  }

  /** What is wrong with an element of a header or a body; empty also where there are no schemas. */
  public static List<String> violations(Element element) {
    if (SCHEMA.isEmpty()) return List.of();
    List<String> found = new ArrayList<>();
    Validator validator = SCHEMA.get().newValidator();
    validator.setErrorHandler(new Noting(element.getLocalName(), found));
    try {
      validator.validate(new DOMSource(element));
    } catch (SAXException fatal) {
      found.add(element.getLocalName() + ": " + fatal.getMessage());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return found;
  }

  /** The words that a simple type allows. */
  public static Set<String> words(String type) {
    Set<String> words = new HashSet<>();
    for (String file : List.of("Types.xsd", "Messages.xsd")) {
      String text = read(file);
      int from = text.indexOf("simpleType name=\"" + type + "\"");
      if (from < 0) continue;
      Matcher word = WORD.matcher(text.substring(from, text.indexOf("</xs:simpleType>", from)));
      while (word.find()) words.add(word.group(1));
    }
    return words;
  }

  private static Optional<Schema> load() {
    if (!Files.isReadable(FOLDER.resolve("Messages.xsd"))) return Optional.empty();
    try {
      var factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
      factory.setFeature("http://apache.org/xml/features/honour-all-schemaLocations", true);
      factory.setProperty("http://www.oracle.com/xml/jaxp/properties/maxOccurLimit", "100000");
      factory.setResourceResolver(resolver());
      try (InputStream types = Files.newInputStream(FOLDER.resolve("Types.xsd"));
          InputStream messages = Files.newInputStream(FOLDER.resolve("Messages.xsd"))) {
        return Optional.of(
            factory.newSchema(
                new StreamSource[] {
                  new StreamSource(types, "Types.xsd"), new StreamSource(messages, "Messages.xsd")
                }));
      }
    } catch (SAXException | IOException | ReflectiveOperationException failure) {
      throw new IllegalStateException("The schemas of EWS cannot be loaded.", failure);
    }
  }

  private static LSResourceResolver resolver() throws ReflectiveOperationException {
    var load =
        (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
    return (type, space, publicId, systemId, base) -> {
      LSInput input = load.createLSInput();
      input.setSystemId(systemId == null ? "xml.xsd" : systemId);
      input.setCharacterStream(new StringReader(text(systemId)));
      return input;
    };
  }

  private static String text(@Nullable String systemId) {
    if (systemId == null || !systemId.toLowerCase(java.util.Locale.ROOT).endsWith("types.xsd"))
      return XML;
    return read("Types.xsd");
  }

  private static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private record Noting(String where, List<String> found) implements ErrorHandler {
    @Override
    public void warning(SAXParseException problem) {}

    @Override
    public void error(SAXParseException problem) {
      String what = String.valueOf(problem.getMessage());
      found.add(where + ": " + what.substring(0, Math.min(300, what.length())));
    }

    @Override
    public void fatalError(SAXParseException problem) {
      error(problem);
    }
  }
}
