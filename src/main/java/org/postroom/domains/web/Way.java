package org.postroom.domains.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.domains.Suggestion;
import org.postroom.mail.Address;

/**
 * One way to connect, as the page shows it.
 *
 * @param facts host, port and the like, null where signing in is all
 * @param href the form with what is known filled in
 */
public record Way(
    String title,
    @Nullable String facts,
    String button,
    String href,
    String source,
    @Nullable String note) {

  static Way of(Suggestion suggestion, Address address) {
    return new Way(
        title(suggestion, address.domain()),
        facts(suggestion),
        button(suggestion.kind()),
        href(suggestion, address),
        suggestion.source().words(),
        suggestion.note());
  }

  /** The form of a kind where nothing but the address is known. */
  static String href(Account.Kind kind, @Nullable Address address) {
    var form = new Query(kind.word());
    return address == null ? form.toString() : form.with("email", address.spec()).toString();
  }

  private static String title(Suggestion suggestion, String domain) {
    if (suggestion.kind() == Account.Kind.EXCHANGE) return domain + " has an Exchange server";
    boolean own = suggestion.provider().equalsIgnoreCase(domain);
    return own ? domain + " has its own mail server" : domain + " uses " + suggestion.provider();
  }

  private static @Nullable String facts(Suggestion suggestion) {
    if (suggestion.exchange() != null) return suggestion.exchange().toString();
    Suggestion.Smtp smtp = suggestion.smtp();
    if (smtp == null) return null;
    String security =
        switch (smtp.security()) {
          case TLS -> "TLS from the start";
          case STARTTLS -> "STARTTLS";
          case NONE -> "no encryption";
        };
    return smtp.host()
        + ", port "
        + smtp.port()
        + ", "
        + security
        + (smtp.auth() ? ", user name " + smtp.username() : ", no sign-in");
  }

  private static String button(Account.Kind kind) {
    return switch (kind) {
      case MICROSOFT -> "Sign in with Microsoft";
      case GOOGLE -> "Sign in with Google";
      case EXCHANGE -> "Connect by Exchange";
      case SMTP -> "Connect by SMTP";
      case LOCAL -> "Make a local mailbox";
    };
  }

  private static String href(Suggestion suggestion, Address address) {
    var form = new Query(suggestion.kind().word()).with("email", address.spec());
    Suggestion.Smtp smtp = suggestion.smtp();
    if (smtp != null) {
      form.with("smtp/host", smtp.host())
          .with("smtp/port", smtp.port())
          .with("smtp/security", smtp.security().name().toLowerCase(Locale.ROOT))
          .with("smtp/auth", smtp.auth() ? "on" : "off")
          .with("smtp/username", smtp.auth() ? smtp.username() : "");
    }
    if (suggestion.exchange() != null)
      form.with("exchange/uri", suggestion.exchange()).with("exchange/username", address.spec());
    return form.toString();
  }

  private static final class Query {
    private final StringBuilder text = new StringBuilder("/accounts/new?kind=");

    Query(String kind) {
      text.append(kind);
    }

    Query with(String name, Object value) {
      text.append('&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
      return this;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
