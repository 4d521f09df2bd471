package org.postroom.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.postroom.accounts.Account;
import org.postroom.db.Settings;
import org.postroom.mail.Address;
import org.postroom.net.Dns;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.DnsServer;
import org.postroom.testkit.HttpsFiles;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Every file of Thunderbird's list, over HTTPS, against another reader of the same files. */
class IspdbCorpusTests {
  private static final Path FOLDER = Path.of("..", "shared", "corpora", "ispdb");

  @Test
  void everyFileLeadsToItsOwnServers() throws Exception {
    assumeTrue(
        Files.isDirectory(FOLDER),
        "The corpus ../shared/corpora/ispdb is not here: Thunderbird's files are not tried.");
    try (HttpsFiles server = HttpsFiles.start();
        DnsServer names = DnsServer.start();
        Web web = new Web(Trust.withAlso(List.of(server.certificates().authority())))) {
      Map<String, Element> byDomain = serve(server);
      var settings =
          new Settings(
              Map.of(
                  "POSTROOM_AUTOCONFIG_URL", server.url() + "/none/{domain}",
                  "POSTROOM_ISPDB_URL", server.url() + "/v1.1"));
      var dns = new Dns(List.of(names.address()), Duration.ofSeconds(2));
      var discovery = new Discovery(new ProviderTable(List.of()), dns, web, settings);
      List<String> wrong = new ArrayList<>();
      for (var each : byDomain.entrySet()) {
        Address address = Address.of("anna.b@" + each.getKey());
        List<String> expected = expected(each.getValue(), address);
        List<String> found = told(discovery.find(address));
        if (!found.equals(expected))
          wrong.add(each.getKey() + ": expected " + expected + " but found " + found);
      }
      assertThat(wrong).isEmpty();
      assertThat(byDomain).hasSizeGreaterThan(150);
    }
  }

  @Test
  void ourOwnTableDoesNotContradictTheList() throws Exception {
    assumeTrue(
        Files.isDirectory(FOLDER),
        "The corpus ../shared/corpora/ispdb is not here: our table is not compared with it.");
    var table = new ProviderTable();
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (var each : domains().entrySet()) {
      Provider ours = table.ofDomain(each.getKey()).orElse(null);
      if (ours == null) continue;
      compared++;
      Address address = Address.of("anna.b@" + each.getKey());
      List<String> theirs = expected(each.getValue(), address);
      boolean same =
          Offers.of(ours, address, Suggestion.Source.TABLE).stream()
              .filter(offer -> offer.smtp() != null)
              .allMatch(offer ->
                  theirs.stream().anyMatch(line -> line.startsWith(offer.smtp().host() + ":")));
      if (!same) wrong.add(each.getKey() + ": " + ours.servers() + " but the list has " + theirs);
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(150);
  }

  /** Each file under its own name's domain and one more of its domains. */
  private static Map<String, Element> serve(HttpsFiles server) throws Exception {
    Map<String, Element> some = new LinkedHashMap<>();
    for (Path file : files()) {
      Element provider = provider(file);
      int count = 0;
      for (String domain : texts(provider, "domain")) {
        if (count++ == 2) break;
        server.put("/v1.1/" + domain, Files.readAllBytes(file));
        some.put(domain, provider);
      }
    }
    return some;
  }

  private static Map<String, Element> domains() throws Exception {
    Map<String, Element> all = new LinkedHashMap<>();
    for (Path file : files()) {
      Element provider = provider(file);
      for (String domain : texts(provider, "domain")) all.put(domain, provider);
    }
    return all;
  }

  private static List<Path> files() throws IOException {
    try (var list = Files.list(FOLDER)) {
      return list.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    }
  }

  private static Element provider(Path file) throws Exception {
    var document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
    return (Element) document.parse(file.toFile()).getElementsByTagName("emailProvider").item(0);
  }

  private static List<String> expected(Element provider, Address address) {
    List<String> safe = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Element server : children(provider, "outgoingServer")) {
      String socket = texts(server, "socketType").getFirst();
      List<String> users = texts(server, "username");
      List<String> ways = texts(server, "authentication");
      if (ways.equals(List.of("OAuth2"))) continue;
      String line =
          fill(texts(server, "hostname").getFirst(), address)
              + ":"
              + texts(server, "port").getFirst()
              + " "
              + socket.toLowerCase(java.util.Locale.ROOT)
              + " "
              + (users.isEmpty() ? address.spec() : fill(users.getFirst(), address))
              + (ways.contains("none") ? " without sign-in" : "");
      (socket.equals("plain") ? open : safe).add(line);
    }
    return safe.isEmpty() ? open.stream().map(line -> line + " (told so)").toList() : safe;
  }

  private static List<String> told(Discovered found) {
    return found.suggestions().stream()
        .filter(each -> each.kind() == Account.Kind.SMTP)
        .map(each -> {
          Suggestion.Smtp smtp = each.smtp();
          String socket =
              switch (smtp.security()) {
                case TLS -> "ssl";
                case STARTTLS -> "starttls";
                case NONE -> "plain";
              };
          return smtp.host()
              + ":"
              + smtp.port()
              + " "
              + socket
              + " "
              + smtp.username()
              + (smtp.auth() ? "" : " without sign-in")
              + (each.note() != null && each.note().contains("without encryption")
                  ? " (told so)"
                  : "");
        })
        .toList();
  }

  private static String fill(String text, Address address) {
    return text.replace("%EMAILADDRESS%", address.spec())
        .replace("%EMAILLOCALPART%", address.local())
        .replace("%EMAILDOMAIN%", address.domain());
  }

  private static List<String> texts(Element parent, String name) {
    return children(parent, name).stream().map(child -> child.getTextContent().strip()).toList();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling())
      if (child instanceof Element element && element.getTagName().equals(name))
        children.add(element);
    return children;
  }
}
