package org.postroom.transport.ews;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** What we ask of Exchange. The order of elements is the schema's; it is enforced. */
final class Requests {
  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String MESSAGES =
      "http://schemas.microsoft.com/exchange/services/2006/messages";
  private static final String TYPES = "http://schemas.microsoft.com/exchange/services/2006/types";
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final Version version;
  private final @Nullable String mailbox;

  /**
   * @param mailbox whose folders are meant; null: those of the user who signs in
   */
  Requests(Version version, @Nullable String mailbox) {
    this.version = version;
    this.mailbox = mailbox;
  }

  /** Is there such a folder, and may we see it? */
  Soap getFolder(String folder) {
    return request(
        "GetFolder",
        xml -> {
          xml.open("m:GetFolder");
          xml.open("m:FolderShape").leaf("t:BaseShape", "IdOnly").close();
          xml.open("m:FolderIds");
          folder(xml, folder);
          xml.close().close();
        });
  }

  /** Sends and keeps a copy among the sent items: for the user's own mailbox. */
  Soap sendAndSaveCopy(byte[] mime) {
    return create("SendAndSaveCopy", "sentitems", mime);
  }

  /** Keeps it among the drafts. */
  Soap saveOnly(byte[] mime) {
    return create("SaveOnly", "drafts", mime);
  }

  Soap sendItem(ItemId item) {
    return request(
        "SendItem",
        xml -> {
          xml.open("m:SendItem").attribute("SaveItemToFolder", "true");
          xml.open("m:ItemIds");
          item(xml, item);
          xml.close();
          xml.open("m:SavedItemFolderId");
          folder(xml, "sentitems");
          xml.close().close();
        });
  }

  /** What lies in a folder with exactly this Message-ID. */
  Soap find(String folder, String messageId, int most) {
    return request(
        "FindItem",
        xml -> {
          xml.open("m:FindItem").attribute("Traversal", "Shallow");
          xml.open("m:ItemShape").leaf("t:BaseShape", "IdOnly").open("t:AdditionalProperties");
          messageIdField(xml);
          xml.close().close();
          xml.open("m:IndexedPageItemView").attribute("MaxEntriesReturned", String.valueOf(most));
          xml.attribute("Offset", "0").attribute("BasePoint", "Beginning").close();
          xml.open("m:Restriction").open("t:IsEqualTo");
          messageIdField(xml);
          xml.open("t:FieldURIOrConstant").open("t:Constant").attribute("Value", messageId);
          xml.close().close().close().close();
          xml.open("m:ParentFolderIds");
          folder(xml, folder);
          xml.close().close();
        });
  }

  /** What came to a folder at that second or later, oldest first. */
  Soap received(String folder, Instant from, int most) {
    return request(
        "FindItem",
        xml -> {
          xml.open("m:FindItem").attribute("Traversal", "Shallow");
          xml.open("m:ItemShape").leaf("t:BaseShape", "IdOnly").open("t:AdditionalProperties");
          field(xml, "item:Size");
          field(xml, "item:DateTimeReceived");
          xml.close().close();
          xml.open("m:IndexedPageItemView").attribute("MaxEntriesReturned", String.valueOf(most));
          xml.attribute("Offset", "0").attribute("BasePoint", "Beginning").close();
          xml.open("m:Restriction").open("t:IsGreaterThanOrEqualTo");
          field(xml, "item:DateTimeReceived");
          xml.open("t:FieldURIOrConstant").open("t:Constant");
          xml.attribute("Value", from.truncatedTo(ChronoUnit.SECONDS).toString());
          xml.close().close().close().close();
          xml.open("m:SortOrder").open("t:FieldOrder").attribute("Order", "Ascending");
          field(xml, "item:DateTimeReceived");
          xml.close().close();
          xml.open("m:ParentFolderIds");
          folder(xml, folder);
          xml.close().close();
        });
  }

  /** A mail as MIME. */
  Soap content(String id) {
    return request(
        Soap.GET_ITEM,
        xml -> {
          xml.open("m:GetItem");
          xml.open("m:ItemShape").leaf("t:BaseShape", "IdOnly");
          xml.leaf("t:IncludeMimeContent", "true").close();
          xml.open("m:ItemIds");
          item(xml, new ItemId(id, null, null));
          xml.close().close();
        });
  }

  Soap delete(ItemId item) {
    return request(
        "DeleteItem",
        xml -> {
          xml.open("m:DeleteItem").attribute("DeleteType", "HardDelete").open("m:ItemIds");
          item(xml, item);
          xml.close().close();
        });
  }

  private Soap create(String disposition, String folder, byte[] mime) {
    return request(
        "CreateItem",
        mime,
        xml -> {
          xml.open("m:CreateItem").attribute("MessageDisposition", disposition);
          xml.open("m:SavedItemFolderId");
          folder(xml, folder);
          xml.close();
          xml.open("m:Items").open("t:Message");
          xml.open("t:MimeContent").attribute("CharacterSet", "UTF-8").gap();
          xml.close().close().close().close();
        });
  }

  private void folder(Xml xml, String name) throws XMLStreamException {
    xml.open("t:DistinguishedFolderId").attribute("Id", name);
    if (mailbox != null) xml.open("t:Mailbox").leaf("t:EmailAddress", mailbox).close();
    xml.close();
  }

  private static void item(Xml xml, ItemId item) throws XMLStreamException {
    xml.open("t:ItemId").attribute("Id", item.id());
    if (item.changeKey() != null) xml.attribute("ChangeKey", item.changeKey());
    xml.close();
  }

  private static void messageIdField(Xml xml) throws XMLStreamException {
    field(xml, "message:InternetMessageId");
  }

  private static void field(Xml xml, String name) throws XMLStreamException {
    xml.open("t:FieldURI").attribute("FieldURI", name).close();
  }

  private interface Body {
    void write(Xml xml) throws XMLStreamException;
  }

  private Soap request(String operation, Body body) {
    return request(operation, null, body);
  }

  private Soap request(String operation, byte @Nullable [] content, Body body) {
    try {
      var xml = new Xml();
      xml.open("soap:Envelope").namespace("soap", SOAP);
      xml.namespace("m", MESSAGES).namespace("t", TYPES);
      xml.open("soap:Header").open("t:RequestServerVersion").attribute("Version", version.word);
      xml.close().close();
      xml.open("soap:Body");
      body.write(xml);
      xml.close().close();
      return new Soap(operation, xml.head(), content, xml.tail());
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The writer with fewer words, and a gap where the content will stand. */
  private static final class Xml {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final XMLStreamWriter writer;
    private byte @Nullable [] beforeGap;

    Xml() throws XMLStreamException {
      writer = FACTORY.createXMLStreamWriter(out, "UTF-8");
      writer.writeStartDocument("UTF-8", "1.0");
    }

    Xml open(String name) throws XMLStreamException {
      int colon = name.indexOf(':');
      String prefix = name.substring(0, colon);
      String space = prefix.equals("t") ? TYPES : prefix.equals("m") ? MESSAGES : SOAP;
      writer.writeStartElement(prefix, name.substring(colon + 1), space);
      return this;
    }

    Xml namespace(String prefix, String space) throws XMLStreamException {
      writer.writeNamespace(prefix, space);
      return this;
    }

    Xml attribute(String name, String value) throws XMLStreamException {
      writer.writeAttribute(name, value);
      return this;
    }

    Xml leaf(String name, String text) throws XMLStreamException {
      open(name);
      writer.writeCharacters(text);
      return close();
    }

    Xml close() throws XMLStreamException {
      writer.writeEndElement();
      return this;
    }

    void gap() throws XMLStreamException {
      writer.writeCharacters(""); // Ends the start tag, which is still open for attributes.
      writer.flush();
      beforeGap = out.toByteArray();
      out.reset();
    }

    byte[] head() throws XMLStreamException {
      writer.flush();
      return beforeGap == null ? out.toByteArray() : beforeGap;
    }

    byte[] tail() {
      return beforeGap == null ? new byte[0] : out.toByteArray();
    }
  }
}
