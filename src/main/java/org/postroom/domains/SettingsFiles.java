package org.postroom.domains;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.postroom.mail.Address;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Dns;
import org.postroom.net.PublicNetwork;
import org.postroom.net.Web;

/**
 * Fetches settings files: from the domain itself and from Thunderbird's list. Over HTTPS only. A
 * name that a person typed must not lead us into our own network: it is looked up first, and what
 * is not public is not called. (Java remembers the look-up for the connection that follows; and
 * without a certificate for that very name nothing inside would be spoken to anyway.)
 */
class SettingsFiles {
  private static final String ISPDB = "https://autoconfig.thunderbird.net/v1.1/";
  private static final int REDIRECTS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private final Web web;
  private final Dns dns;
  private final boolean ownNetwork;
  private final @Nullable String template;
  private final @Nullable String ispdb;

  SettingsFiles(Web web, Dns dns, Settings settings) {
    this.web = web;
    this.dns = dns;
    this.template = settings.get(Name.POSTROOM_AUTOCONFIG_URL).orElse(null);
    String list = settings.get(Name.POSTROOM_ISPDB_URL).orElse(ISPDB);
    this.ispdb = list.equals("none") ? null : list.endsWith("/") ? list : list + "/";
    this.ownNetwork =
        settings
            .get(Name.POSTROOM_PRIVATE_NETWORKS)
            .map(word -> word.toLowerCase(Locale.ROOT).equals("yes"))
            .orElse(false);
  }

  /** Where the domain itself may tell; the file of each that does. */
  Optional<ClientConfig> ofDomain(Address address, String domain) {
    String email = URLEncoder.encode(address.spec(), StandardCharsets.UTF_8);
    if (template != null)
      return fetch(template.replace("{domain}", domain).replace("{email}", email), false)
          .flatMap(xml -> ClientConfig.read(xml, address));
    String name = "/mail/config-v1.1.xml";
    return fetch("https://autoconfig." + domain + name + "?emailaddress=" + email, true)
        .or(() -> fetch("https://" + domain + "/.well-known/autoconfig" + name, true))
        .flatMap(xml -> ClientConfig.read(xml, address));
  }

  Optional<ClientConfig> ofList(Address address, String domain) {
    return ispdb == null
        ? Optional.empty()
        : fetch(ispdb + domain, false).flatMap(xml -> ClientConfig.read(xml, address));
  }

  /** Whether the name leads to the public internet, or the operator allows its own network. */
  boolean mayCall(@Nullable String host) {
    if (host == null) return false;
    if (ownNetwork) return true;
    List<InetAddress> named = dns.addresses(host).all();
    if (named.isEmpty() || !named.stream().allMatch(PublicNetwork::contains)) return false;
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(PublicNetwork::contains);
    } catch (IOException noSuchName) {
      return false;
    }
  }

  /** What a program called by its address says to us before any sign-in. */
  List<String> challenges(URI uri) {
    if (!mayCall(uri.getHost())) return List.of();
    return web.send(Call.get(uri).within(LIMIT).atMost(64 << 10))
                instanceof Answer.Given(int status, var headers, var body, var privacy, var took)
            && status == 401
        ? headers.allValues("WWW-Authenticate")
        : List.of();
  }

  private Optional<byte[]> fetch(String address, boolean stranger) {
    URI uri = URI.create(address);
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      if (stranger && !mayCall(uri.getHost())) return Optional.empty();
      Answer answer = web.send(Call.get(uri).within(LIMIT).atMost(ClientConfig.MOST_BYTES));
      if (!(answer instanceof Answer.Given given)) return Optional.empty();
      if (given.ok()) return Optional.of(given.body());
      URI next = redirect(uri, given);
      if (next == null) return Optional.empty();
      uri = next;
    }
    return Optional.empty();
  }

  private static @Nullable URI redirect(URI from, Answer.Given given) {
    if (given.status() < 301 || given.status() > 308) return null;
    try {
      URI to = from.resolve(given.header("Location").orElse(""));
      return "https".equals(to.getScheme()) && !to.equals(from) ? to : null;
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
