package org.postroom.domains;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.postroom.accounts.Account;
import org.postroom.transport.Login;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The providers we know by heart: facts in {@code providers.json}, asked without any network. */
@Component
public class ProviderTable {
  private final List<Provider> providers;

  public ProviderTable() {
    this(read());
  }

  ProviderTable(List<Provider> providers) {
    this.providers = List.copyOf(providers);
  }

  public List<Provider> all() {
    return providers;
  }

  /** Whose addresses end in this domain (A-labels, lower case). */
  public Optional<Provider> ofDomain(String domain) {
    return providers.stream().filter(provider -> provider.hasDomain(domain)).findFirst();
  }

  /** Who runs this mail exchanger. */
  public Optional<Provider> ofExchanger(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return providers.stream().filter(provider -> provider.runs(name)).findFirst();
  }

  /** Whose submission server this is. */
  public Optional<Provider> ofServer(String host) {
    return providers.stream().filter(provider -> provider.hasServer(host)).findFirst();
  }

  private static List<Provider> read() {
    try (InputStream file = ProviderTable.class.getResourceAsStream("/providers.json")) {
      if (file == null) throw new IllegalStateException("providers.json is not in the program.");
      List<Provider> providers = new ArrayList<>();
      for (JsonNode each : JsonMapper.builder().build().readTree(file)) providers.add(of(each));
      return providers;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Provider of(JsonNode json) {
    Account.Kind kind = Account.Kind.valueOf(json.get("kind").asString().toUpperCase(Locale.ROOT));
    return new Provider(
        json.get("name").asString(),
        kind,
        texts(json.get("domains")),
        texts(json.get("mx")),
        texts(json.get("servers")).stream().map(ProviderTable::server).toList(),
        json.path("username").asString("address").equals("address"),
        json.path("app_password").asBoolean(false),
        json.path("password").asBoolean(true),
        json.path("note").asStringOpt().orElse(null),
        json.path("spf").asStringOpt().orElse(null));
  }

  /** Port 465 is TLS from the first byte (RFC 8314), every other starts with STARTTLS. */
  private static Provider.Server server(String text) {
    String[] parts = text.split(":");
    int port = Integer.parseInt(parts[1]);
    return new Provider.Server(
        parts[0], port, port == 465 ? Login.Security.TLS : Login.Security.STARTTLS);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }
}
