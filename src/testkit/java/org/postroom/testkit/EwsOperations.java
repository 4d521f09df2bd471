package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.postroom.testkit.EwsMailboxes.Item;
import org.postroom.testkit.EwsMailboxes.Refused;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What Exchange does with a request, in the words of its schema; both are checked against it. */
final class EwsOperations {
  private static final String TYPES = "http://schemas.microsoft.com/exchange/services/2006/types";
  private static final String MESSAGES =
      "http://schemas.microsoft.com/exchange/services/2006/messages";

  private final EwsMailboxes mailboxes;
  private final List<String> versions;
  private final List<String> violations = new CopyOnWriteArrayList<>();

  EwsOperations(EwsMailboxes mailboxes, List<String> versions) {
    this.mailboxes = mailboxes;
    this.versions = versions;
  }

  record Answer(int status, String xml) {}

  /** A request as it came. */
  record Request(Document document) {
    Element operation() {
      return children(first("Body")).getFirst();
    }

    String name() {
      return operation().getLocalName();
    }

    String version() {
      return all("RequestServerVersion").isEmpty()
          ? ""
          : all("RequestServerVersion").getFirst().getAttribute("Version");
    }

    Element first(String name) {
      return all(name).getFirst();
    }

    List<Element> all(String name) {
      NodeList found = document.getElementsByTagNameNS("*", name);
      List<Element> elements = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
      return elements;
    }
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  void violation(String what) {
    violations.add(what);
  }

  Request read(byte[] body) throws Exception {
    var request = new Request(parse(new InputSource(new ByteArrayInputStream(body))));
    check(request.document());
    return request;
  }

  Answer answer(String user, Request request) {
    if (!versions.isEmpty() && !versions.contains(request.version())) return tooModern(request);
    try {
      return answered(request.name(), work(user, request));
    } catch (Refused refused) {
      return refusal(request.name(), refused.code, refused.getMessage(), "");
    }
  }

  /** A response message of class Error. */
  Answer refusal(String operation, String code, String text, String messageXml) {
    String message =
        "<m:MessageText>%s</m:MessageText><m:ResponseCode>%s</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>%s%s"
            .formatted(escaped(text), code, messageXml, emptyResult(operation));
    return answered(operation, "Error", message);
  }

  Answer busy(String operation, long backOffMillis, boolean wrapped) {
    String text = "The server cannot service this request right now. Try again later.";
    String values = "<t:Value Name=\"BackOffMilliseconds\">" + backOffMillis + "</t:Value>";
    if (!wrapped) return fault("ErrorServerBusy", text, values);
    String inner =
        "<m:MessageXml><t:Value Name=\"InnerErrorMessageText\">%s</t:Value><t:Value Name=\"InnerErrorResponseCode\">ErrorServerBusy</t:Value><t:Value Name=\"InnerErrorDescriptiveLinkKey\">0</t:Value>%s</m:MessageXml>"
            .formatted(text, values);
    return refusal(
        operation,
        "ErrorInternalServerError",
        "An internal server error occurred. The operation failed.",
        inner);
  }

  Answer fault(String code, String text, String values) {
    String xml =
        values.isEmpty()
            ? ""
            : "<t:MessageXml xmlns:t=\"%s\">%s</t:MessageXml>".formatted(TYPES, values);
    String body =
        """
        <s:Fault><faultcode xmlns:a="%1$s">a:%2$s</faultcode><faultstring xml:lang="en-US">%3$s</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">%2$s</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">%3$s</e:Message>%4$s</detail></s:Fault>\
        """
            .formatted(TYPES, code, escaped(text), xml);
    return new Answer(500, ENVELOPE.formatted("", body));
  }

  /** Exchange 2007 cannot read the version; newer servers know that they are older. */
  private Answer tooModern(Request request) {
    if (versions.contains("Exchange2010"))
      return fault("ErrorInvalidServerVersion", "The specified server version is invalid.", "");
    return fault(
        "ErrorSchemaValidation",
        "The request failed schema validation: The 'Version' attribute is invalid - The value '"
            + request.version()
            + "' is invalid according to its datatype",
        "");
  }

  private String work(String user, Request request) throws Refused {
    return switch (request.name()) {
      case "GetFolder" -> getFolder(user, request);
      case "CreateItem" -> createItem(user, request);
      case "SendItem" -> sendItem(user, request);
      case "FindItem" -> findItem(user, request);
      case "GetItem" -> getItem(user, request);
      case "DeleteItem" -> deleteItem(user, request);
      default -> throw new Refused("ErrorInvalidRequest", "Not known: " + request.name());
    };
  }

  private String getFolder(String user, Request request) throws Refused {
    Element folder = request.first("DistinguishedFolderId");
    String mailbox = mailboxes.mailbox(user, named(folder));
    String id = id(mailbox + "/" + folder.getAttribute("Id"));
    return "<m:Folders><t:Folder><t:FolderId Id=\"%s\" ChangeKey=\"AQAAAA==\"/><t:DisplayName>%s</t:DisplayName></t:Folder></m:Folders>"
        .formatted(id, folder.getAttribute("Id"));
  }

  private String createItem(String user, Request request) throws Refused {
    Element saved = request.all("SavedItemFolderId").stream().findFirst().orElse(null);
    String mailbox = mailboxes.mailbox(user, saved == null ? null : named(saved));
    String disposition = request.operation().getAttribute("MessageDisposition");
    Item item = mailboxes.saveUnlessFull(mailbox, mime(request));
    if (disposition.equals("SaveOnly")) return itemIds(List.of(item), false, "m:Items");
    // What is refused now stays among the drafts, as it does at Exchange.
    mailboxes.send(item, disposition.equals("SendAndSaveCopy"));
    return "<m:Items/>";
  }

  /** Programs that do not hand over MIME say the parts of the message one by one. */
  private static byte[] mime(Request request) {
    if (!request.all("MimeContent").isEmpty())
      return Base64.getDecoder().decode(request.first("MimeContent").getTextContent().strip());
    String to = request.first("ToRecipients").getTextContent().strip();
    String subject = request.first("Subject").getTextContent();
    return ("From: "
            + EwsMailboxes.OWN
            + "\r\nTo: "
            + to
            + "\r\nSubject: "
            + subject
            + "\r\n\r\n"
            + request.all("Body").getLast().getTextContent())
        .getBytes(UTF_8);
  }

  private String sendItem(String user, Request request) throws Refused {
    Element itemId = request.first("ItemId");
    Item item = mailboxes.item(itemId.getAttribute("Id"));
    mailboxes.mailbox(user, item.mailbox());
    if (itemId.getAttribute("ChangeKey").isEmpty())
      throw new Refused("ErrorChangeKeyRequired", "The change key is required for this operation.");
    if (!itemId.getAttribute("ChangeKey").equals(item.changeKey()))
      throw new Refused("ErrorStaleObject", "The object has changed.");
    mailboxes.send(item, request.operation().getAttribute("SaveItemToFolder").equals("true"));
    return "";
  }

  private String findItem(String user, Request request) throws Refused {
    if (!request.all("SortOrder").isEmpty()) return received(user, request);
    Element folder = request.first("ParentFolderIds");
    String mailbox = mailboxes.mailbox(user, named(folder));
    String wanted = request.first("Constant").getAttribute("Value");
    boolean sent = request.first("DistinguishedFolderId").getAttribute("Id").equals("sentitems");
    List<Item> found = sent ? mailboxes.findSent(mailbox, wanted) : mailboxes.find(mailbox, wanted);
    return "<m:RootFolder TotalItemsInView=\"%d\" IncludesLastItemInRange=\"true\">%s</m:RootFolder>"
        .formatted(found.size(), itemIds(found, true, "t:Items"));
  }

  private String received(String user, Request request) throws Refused {
    Element folder = request.first("ParentFolderIds");
    String mailbox = mailboxes.mailbox(user, named(folder));
    String name = request.first("DistinguishedFolderId").getAttribute("Id");
    Instant from = Instant.parse(request.first("Constant").getAttribute("Value"));
    int most =
        Integer.parseInt(request.first("IndexedPageItemView").getAttribute("MaxEntriesReturned"));
    var xml = new StringBuilder("<t:Items>");
    for (EwsMailboxes.Received one : mailboxes.receivedSince(mailbox, name, from, most))
      xml.append(
          "<t:Message><t:ItemId Id=\"%s\" ChangeKey=\"CQ==\"/><t:DateTimeReceived>%s</t:DateTimeReceived><t:Size>%d</t:Size></t:Message>"
              .formatted(one.id(), one.at().truncatedTo(ChronoUnit.SECONDS), one.mime().length));
    return "<m:RootFolder IndexedPagingOffset=\"0\" TotalItemsInView=\"0\" IncludesLastItemInRange=\"true\">%s</t:Items></m:RootFolder>"
        .formatted(xml);
  }

  private String getItem(String user, Request request) throws Refused {
    EwsMailboxes.Received one = mailboxes.receivedOf(request.first("ItemId").getAttribute("Id"));
    mailboxes.mailbox(user, one.mailbox());
    return "<m:Items><t:Message><t:MimeContent CharacterSet=\"UTF-8\">%s</t:MimeContent><t:ItemId Id=\"%s\" ChangeKey=\"CQ==\"/></t:Message></m:Items>"
        .formatted(Base64.getEncoder().encodeToString(one.mime()), one.id());
  }

  private String deleteItem(String user, Request request) throws Refused {
    Item item = mailboxes.item(request.first("ItemId").getAttribute("Id"));
    mailboxes.mailbox(user, item.mailbox());
    mailboxes.delete(item);
    return "";
  }

  private static String itemIds(List<Item> items, boolean messageIds, String around) {
    var xml = new StringBuilder("<" + around + ">");
    for (Item item : items) {
      xml.append("<t:Message><t:ItemId Id=\"").append(item.id());
      xml.append("\" ChangeKey=\"").append(item.changeKey()).append("\"/>");
      if (messageIds)
        xml.append("<t:InternetMessageId>")
            .append(escaped(String.valueOf(item.messageId())))
            .append("</t:InternetMessageId>");
      xml.append("</t:Message>");
    }
    return xml.append("</").append(around).append('>').toString();
  }

  private static String emptyResult(String operation) {
    return switch (operation) {
      case "GetFolder" -> "<m:Folders/>";
      case "CreateItem", "GetItem" -> "<m:Items/>";
      default -> "";
    };
  }

  private Answer answered(String operation, String result) {
    return answered(operation, "Success", "<m:ResponseCode>NoError</m:ResponseCode>" + result);
  }

  private Answer answered(String operation, String responseClass, String message) {
    String body =
        "<m:%1$sResponse xmlns:m=\"%2$s\" xmlns:t=\"%3$s\"><m:ResponseMessages><m:%1$sResponseMessage ResponseClass=\"%4$s\">%5$s</m:%1$sResponseMessage></m:ResponseMessages></m:%1$sResponse>"
            .formatted(operation, MESSAGES, TYPES, responseClass, message);
    String header =
        "<h:ServerVersionInfo MajorVersion=\"15\" MinorVersion=\"2\" MajorBuildNumber=\"1118\" MinorBuildNumber=\"7\" Version=\"V2017_07_11\" xmlns:h=\"%s\"/>"
            .formatted(TYPES);
    String xml = ENVELOPE.formatted(header, body);
    try {
      check(parse(new InputSource(new StringReader(xml))));
    } catch (Exception notXml) {
      violations.add("Our own answer: " + notXml);
    }
    return new Answer(200, xml);
  }

  private void check(Document document) {
    for (String part : List.of("Header", "Body")) {
      NodeList found = document.getElementsByTagNameNS("*", part);
      if (found.getLength() == 0) continue;
      for (Element element : children((Element) found.item(0))) {
        boolean ours = List.of(TYPES, MESSAGES).contains(element.getNamespaceURI());
        if (ours) violations.addAll(EwsSchemas.violations(element));
      }
    }
  }

  private static Document parse(InputSource source) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(source);
  }

  private static @Nullable String named(Element folder) {
    NodeList addresses = folder.getElementsByTagNameNS("*", "EmailAddress");
    return addresses.getLength() == 0 ? null : addresses.item(0).getTextContent();
  }

  private static List<Element> children(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
      if (node instanceof Element element) elements.add(element);
    return elements;
  }

  private static String id(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static final String ENVELOPE =
      """
      <?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>%s</s:Header><s:Body>%s</s:Body></s:Envelope>\
      """;
}
