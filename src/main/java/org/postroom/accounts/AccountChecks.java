package org.postroom.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;

/** What an account must keep to, wherever it comes from. Pointers are those of the API's body. */
final class AccountChecks {
  private static final Pattern HOST =
      Pattern.compile(
          "[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]*[\\p{L}\\p{N}_])?"
              + "(\\.[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]*[\\p{L}\\p{N}_])?)*\\.?");
  private static final Pattern NETBIOS = Pattern.compile("[\\p{L}\\p{N}_!#$%&'()^{}~-]{1,15}");
  private static final Pattern TENANT = Pattern.compile("[\\p{L}\\p{N}.-]{1,253}");
  private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final List<FieldError> errors = new ArrayList<>();

  private AccountChecks() {}

  /** Everything that is wrong with the draft by itself. */
  static List<FieldError> errors(AccountDraft draft) {
    var checks = new AccountChecks();
    if (draft.name().isBlank()) checks.add("/name", "required", "“name” is required.");
    checks.length("/name", draft.name(), 100);
    checks.length("/display_name", draft.displayName(), 100);
    checks.length("/owner", draft.owner(), 60);
    checks.connection(draft.connection());
    checks.secret(draft.connection().secretPointer(), draft.secret());
    return checks.errors;
  }

  private void connection(Connection connection) {
    switch (connection) {
      case Connection.Local _ -> {}
      case Connection.Smtp smtp -> smtp(smtp);
      case Connection.Microsoft microsoft -> microsoft(microsoft);
      case Connection.Google google -> length("/google/client_id", google.clientId(), 300);
      case Connection.Exchange exchange -> exchange(exchange);
    }
  }

  private void microsoft(Connection.Microsoft microsoft) {
    if (!TENANT.matcher(microsoft.tenant()).matches())
      add(
          "/microsoft/tenant",
          "invalid",
          "The tenant is “organizations”, “common”, “consumers”, a tenant id or a domain such as acme.com.");
    if (microsoft.flow() == Connection.Microsoft.Flow.APP
        && ANY_TENANT.contains(microsoft.tenant().toLowerCase(Locale.ROOT)))
      add(
          "/microsoft/tenant",
          "invalid",
          "Sending as the app itself needs your organisation's own tenant: its id or a domain such as acme.com.");
    length("/microsoft/client_id", microsoft.clientId(), 100);
    mailbox("/microsoft/mailbox", microsoft.mailbox());
  }

  private void exchange(Connection.Exchange exchange) {
    String scheme = exchange.uri().getScheme();
    boolean web = "https".equals(scheme) || "http".equals(scheme);
    if (!web || exchange.uri().getHost() == null || exchange.uri().getUserInfo() != null)
      add(
          "/exchange/uri",
          "invalid",
          "The address looks like https://mail.acme.com/EWS/Exchange.asmx.");
    domain(exchange);
    if (exchange.username().isBlank())
      add("/exchange/username", "required", "Signing in needs a user name.");
    length("/exchange/username", exchange.username(), 320);
    mailbox("/exchange/mailbox", exchange.mailbox());
  }

  private void domain(Connection.Exchange exchange) {
    String domain = exchange.domain();
    if (domain == null) return;
    boolean dns = domain.contains(".") && HOST.matcher(domain).matches();
    if (!dns && !NETBIOS.matcher(domain).matches())
      add(
          "/exchange/domain",
          "invalid",
          "The domain must look like company.com, or like COMPANY (at most 15 letters).");
    if (exchange.username().contains("@") || exchange.username().contains("\\"))
      add(
          "/exchange/domain",
          "conflict",
          "The user name already names the domain: leave this field empty.");
  }

  private void mailbox(String pointer, @Nullable String address) {
    if (address == null) return;
    try {
      Address.of(address);
    } catch (IllegalArgumentException wrong) {
      add(pointer, "invalid", String.valueOf(wrong.getMessage()));
    }
  }

  private void smtp(Connection.Smtp smtp) {
    host(smtp.host());
    if (smtp.port() < 1 || smtp.port() > 65535)
      add("/smtp/port", "out_of_range", "“port” must be a number from 1 to 65535.");
    if (smtp.auth() && smtp.username() == null)
      add("/smtp/username", "required", "Signing in needs a user name, often the whole address.");
    length("/smtp/username", smtp.username(), 320);
  }

  private void host(String host) {
    if (host.isBlank()) add("/smtp/host", "required", "“host” is required.");
    else if (host.contains("//"))
      add("/smtp/host", "invalid", "The server's name only, without “smtp://” or “https://”.");
    else if (!HOST.matcher(host).matches() && !IPV6.matcher(host).matches())
      add("/smtp/host", "invalid", "“" + host + "” is not the name or address of a server.");
    length("/smtp/host", host, 253);
  }

  private void secret(String pointer, @Nullable String secret) {
    if (secret == null) return;
    length(pointer, secret, 4096);
    if (secret.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0))
      add(pointer, "control_characters", "A password has no line breaks.");
  }

  private void length(String pointer, @Nullable String text, int longest) {
    if (text == null || text.length() <= longest) return;
    add(pointer, "too_long", "This has more than " + longest + " characters.");
  }

  private void add(String pointer, String code, String message) {
    errors.add(new FieldError(pointer, code, message));
  }
}
