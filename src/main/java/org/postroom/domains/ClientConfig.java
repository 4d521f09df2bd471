package org.postroom.domains;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A provider's settings for mail programs in Thunderbird's format (clientConfig 1.1), as far as
 * sending goes. Hostile until proven otherwise: no DTD, no entities, bounded.
 */
record ClientConfig(String name, List<Outgoing> servers) {
  static final int MOST_BYTES = 256 << 10;
  private static final int MOST_SERVERS = 20;
  private static final int MOST_TEXT = 300;
  private static final int DEPTH = 20;

  /** One outgoing server, placeholders filled in. */
  record Outgoing(
      String host, int port, String socket, List<String> authentication, @Nullable String user) {}

  /** Empty where the text is no such file. */
  static Optional<ClientConfig> read(byte[] xml, Address address) {
    if (xml.length > MOST_BYTES) return Optional.empty();
    try {
      var reader = new Reader(factory().createXMLStreamReader(new ByteArrayInputStream(xml)));
      return reader.config(address);
    } catch (XMLStreamException notXml) {
      return Optional.empty();
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  /** Walks over the file once and keeps what we know; all else is passed over. */
  private static final class Reader {
    private final XMLStreamReader xml;
    private final List<String> path = new ArrayList<>();
    private final List<Raw> servers = new ArrayList<>();
    private String name = "";

    Reader(XMLStreamReader xml) {
      this.xml = xml;
    }

    /** A server while it is read. */
    private static final class Raw {
      String host = "";
      String port = "";
      String socket = "";
      @Nullable String user;
      final List<String> authentication = new ArrayList<>();
    }

    Optional<ClientConfig> config(Address address) throws XMLStreamException {
      var text = new StringBuilder();
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            start();
            text.setLength(0);
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (text.length() < MOST_TEXT) text.append(xml.getText());
          }
          case XMLStreamConstants.END_ELEMENT -> {
            end(text.toString().strip());
            text.setLength(0);
          }
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new XMLStreamException("A settings file has no document type.");
          default -> {}
        }
      }
      List<Outgoing> usable =
          servers.stream().flatMap(raw -> outgoing(raw, address).stream()).toList();
      return usable.isEmpty()
          ? Optional.empty()
          : Optional.of(new ClientConfig(filled(name, address), usable));
    }

    private void start() throws XMLStreamException {
      path.add(xml.getLocalName());
      if (path.size() > DEPTH) throw new XMLStreamException("Too deep.");
      if (!at("clientConfig", "emailProvider", "outgoingServer")) return;
      if (servers.size() == MOST_SERVERS) throw new XMLStreamException("Too many servers.");
      String type = xml.getAttributeValue(null, "type");
      if (type == null || type.equals("smtp")) servers.add(new Raw());
      else path.set(path.size() - 1, type); // its children are not ours
    }

    private void end(String text) {
      String element = path.removeLast();
      if (at("clientConfig", "emailProvider") && element.equals("displayName")) name = text;
      if (!at("clientConfig", "emailProvider", "outgoingServer")) return;
      Raw server = servers.getLast();
      switch (element) {
        case "hostname" -> server.host = text;
        case "port" -> server.port = text;
        case "socketType" -> server.socket = text.toLowerCase(Locale.ROOT);
        case "username" -> server.user = text;
        case "authentication" -> server.authentication.add(text.toLowerCase(Locale.ROOT));
        default -> {}
      }
    }

    private boolean at(String... names) {
      return path.equals(List.of(names));
    }

    private static Optional<Outgoing> outgoing(Raw raw, Address address) {
      String host = filled(raw.host, address).toLowerCase(Locale.ROOT);
      boolean isName =
          host.length() <= 253 && host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") && !isEmpty(host);
      if (!isName || !raw.port.matches("[0-9]{1,5}")) return Optional.empty();
      int port = Integer.parseInt(raw.port);
      if (port < 1 || port > 65535) return Optional.empty();
      String user = raw.user == null ? null : filled(raw.user, address);
      return Optional.of(
          new Outgoing(host, port, raw.socket, List.copyOf(raw.authentication), user));
    }

    private static boolean isEmpty(String host) {
      return host.contains("..") || !host.contains(".");
    }

    private static String filled(String text, Address address) {
      return text.replace("%EMAILADDRESS%", address.spec())
          .replace("%EMAILLOCALPART%", address.local())
          .replace("%EMAILDOMAIN%", address.domain())
          .replaceAll("\\p{Cntrl}", "");
    }
  }
}
