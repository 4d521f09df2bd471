package org.postroom.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.testkit.EwsMailboxes.Sent;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsSchemas;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.Exchangelib;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Whether the server we test against is like the real one: another program finds it so. */
class EwsServerTests {

  @ParameterizedTest
  @ValueSource(strings = {"NTLM", "Basic"})
  void aClientOfOthersSendsThroughIt(String how) {
    var offer = EwsOffer.plain(how).tls(EwsFixture.CERTIFICATES);
    try (var server = EwsServer.start(how.equals("NTLM") ? offer.extendedProtection() : offer)) {
      String said = Exchangelib.send(server.uri(), "ACME\\invoices", how, EwsFixture.CERTIFICATES);
      assertThat(said).endsWith("sent\n");
      assertThat(server.mailboxes().sent()).extracting(Sent::copied).containsExactly(false, true);
      assertThat(new String(server.mailboxes().sent().get(1).mime())).contains("From MIME");
      assertThat(server.violations()).isEmpty();
    }
  }

  @Test
  void theSchemasTellRightFromWrong() throws Exception {
    Assumptions.assumeTrue(
        EwsSchemas.present(), "Skipped: ../shared/corpora/ews with Exchange's schemas is missing.");
    assertThat(EwsSchemas.violations(createItem("SendAndSaveCopy", RIGHT))).isEmpty();
    assertThat(EwsSchemas.violations(createItem("SendNow", RIGHT))).isNotEmpty();
    assertThat(EwsSchemas.violations(createItem("SendAndSaveCopy", WRONG_ORDER))).isNotEmpty();
  }

  @Test
  void everyCodeWeKnowIsOneOfExchange() {
    Assumptions.assumeTrue(
        EwsSchemas.present(), "Skipped: ../shared/corpora/ews with Exchange's schemas is missing.");
    assertThat(EwsTrouble.RULES.keySet()).isSubsetOf(EwsSchemas.words("ResponseCodeType"));
    for (Version version : Version.values())
      assertThat(EwsSchemas.words("ExchangeVersionType")).contains(version.word);
  }

  private static final String RIGHT = "<t:MimeContent>eA==</t:MimeContent><t:Subject>x</t:Subject>";
  private static final String WRONG_ORDER =
      "<t:Subject>x</t:Subject><t:MimeContent>eA==</t:MimeContent>";

  private static Element createItem(String disposition, String content) throws Exception {
    String space = "http://schemas.microsoft.com/exchange/services/2006/";
    String xml =
        "<m:CreateItem xmlns:m='%smessages' xmlns:t='%stypes' MessageDisposition='%s'><m:Items><t:Message>%s</t:Message></m:Items></m:CreateItem>"
            .formatted(space, space, disposition, content);
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }
}
