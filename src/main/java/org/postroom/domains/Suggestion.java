package org.postroom.domains;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.transport.Login;

/**
 * One way to connect a mailbox.
 *
 * @param provider as people know it
 * @param smtp set for kind SMTP
 * @param exchange address of the Exchange web services, set for kind EXCHANGE
 * @param source where it came from
 * @param note what else a person must know, as sentences
 * @param limits of the provider, null where nothing sure is known
 */
public record Suggestion(
    Account.Kind kind,
    String provider,
    @Nullable Smtp smtp,
    @Nullable URI exchange,
    Source source,
    @Nullable String note,
    Account.@Nullable Limits limits) {

  /** The fields of an SMTP account, except its password. */
  public record Smtp(
      String host, int port, Login.Security security, boolean auth, String username) {}

  /** Who told us. */
  public enum Source {
    TABLE("Known to Postroom"),
    MX("Told by the domain's mail exchanger"),
    AUTODISCOVER("Told by the domain's Autodiscover"),
    AUTOCONFIG("Told by the domain's own settings for mail programs"),
    ISPDB("Told by Thunderbird's list of providers"),
    SRV("Told by the domain's service records");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Whether another one leads to the same place. */
  boolean sameAs(Suggestion other) {
    if (kind != other.kind) return false;
    if (smtp == null || other.smtp == null) return true;
    return smtp.host().equals(other.smtp.host()) && smtp.port() == other.smtp.port();
  }
}
