package org.postroom.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/** What an account must keep to, wherever it comes from. Pointers are those of the API's body. */
final class AccountChecks {
  private static final Pattern HOST =
      Pattern.compile(
          "[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]*[\\p{L}\\p{N}_])?"
              + "(\\.[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]*[\\p{L}\\p{N}_])?)*\\.?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final List<FieldError> errors = new ArrayList<>();

  private AccountChecks() {}

  /** Everything that is wrong with the draft by itself. */
  static List<FieldError> errors(AccountDraft draft) {
    var checks = new AccountChecks();
    checks.kind(draft);
    if (draft.name().isBlank()) checks.add("/name", "required", "“name” is required.");
    checks.length("/name", draft.name(), 100);
    checks.length("/display_name", draft.displayName(), 100);
    checks.length("/owner", draft.owner(), 60);
    if (draft.smtp() != null) checks.smtp(draft.smtp());
    checks.password(draft.password());
    return checks.errors;
  }

  /** Kinds that this version cannot send through yet are refused rather than kept in vain. */
  static void requireAvailable(Account.Kind kind) {
    if (kind == Account.Kind.SMTP || kind == Account.Kind.LOCAL) return;
    String name = kind.word().substring(0, 1).toUpperCase(Locale.ROOT) + kind.word().substring(1);
    throw Problem.invalid(
        "/kind",
        "not_available",
        name + " accounts cannot be connected by this version yet. Use kind “smtp” or “local”.");
  }

  private void kind(AccountDraft draft) {
    if (draft.kind() == Account.Kind.SMTP && draft.smtp() == null)
      add("/smtp", "required", "An SMTP account needs its server settings in “smtp”.");
    if (draft.kind() != Account.Kind.SMTP && draft.smtp() != null)
      add("/smtp", "not_wanted", "Only SMTP accounts have server settings in “smtp”.");
  }

  private void smtp(Account.SmtpServer smtp) {
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

  private void password(@Nullable String password) {
    if (password == null) return;
    length("/smtp/password", password, 4096);
    if (password.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0))
      add("/smtp/password", "control_characters", "A password has no line breaks.");
  }

  private void length(String pointer, @Nullable String text, int longest) {
    if (text == null || text.length() <= longest) return;
    add(pointer, "too_long", "This has more than " + longest + " characters.");
  }

  private void add(String pointer, String code, String message) {
    errors.add(new FieldError(pointer, code, message));
  }
}
