package org.postroom.domains;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;
import org.postroom.transport.Login;

/**
 * What we know about one provider of mailboxes; a line of {@code providers.json}.
 *
 * @param kind how its mailboxes are connected best
 * @param domains of its own addresses; {@code *.} before one stands for all domains below it
 * @param mx ends of the names of its mail exchangers
 * @param servers submission servers, the best first
 * @param wholeAddress whether the user name is the whole address; else the part before the @
 * @param appPassword whether other programs need a password of their own
 * @param password whether passwords are taken at all
 * @param spf what the SPF record of a customer's domain must include, null where not known
 */
public record Provider(
    String name,
    Account.Kind kind,
    List<String> domains,
    List<String> mx,
    List<Server> servers,
    boolean wholeAddress,
    boolean appPassword,
    boolean password,
    @Nullable String note,
    @Nullable String spf) {

  public Provider {
    domains = List.copyOf(domains);
    mx = List.copyOf(mx);
    servers = List.copyOf(servers);
  }

  /** A submission server. */
  public record Server(String host, int port, Login.Security security) {}

  boolean hasDomain(String domain) {
    return domains.stream()
        .anyMatch(
            own -> own.startsWith("*.") ? domain.endsWith(own.substring(1)) : domain.equals(own));
  }

  boolean runs(String exchanger) {
    return mx.stream().anyMatch(end -> exchanger.equals(end) || exchanger.endsWith("." + end));
  }

  boolean hasServer(String host) {
    return servers.stream().anyMatch(server -> server.host().equals(host.toLowerCase(Locale.ROOT)));
  }

  String username(Address address) {
    return wholeAddress ? address.spec() : address.local();
  }
}
