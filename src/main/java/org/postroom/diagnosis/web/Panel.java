package org.postroom.diagnosis.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.diagnosis.Check;
import org.postroom.findings.Finding;
import org.postroom.findings.Fix;
import org.postroom.http.Problem;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the check's card shows.
 *
 * @param path where its form goes
 * @param account the saved one; null for one that nobody has saved
 * @param email the address as it stands in the form
 * @param check what came of it; null before
 * @param problem why it could not even begin
 */
record Panel(
    String path,
    @Nullable Account account,
    String email,
    @Nullable String testTo,
    @Nullable Check check,
    @Nullable Problem problem) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Fixes that change what the form shows. */
  private static final Set<String> FIELDS =
      Set.of(
          "smtp/host",
          "smtp/port",
          "smtp/security",
          "smtp/auth",
          "smtp/username",
          "exchange/uri",
          "exchange/domain",
          "google/route",
          "microsoft/route");

  /**
   * What the product can do at the press of a button.
   *
   * @param link where it leads; null where it changes fields and checks again
   * @param change of the form's fields, as JSON
   */
  record Button(String label, @Nullable String link, String change) {}

  Panel with(Check done) {
    return new Panel(path, account, email, testTo, done, null);
  }

  Panel with(Problem refused) {
    return new Panel(path, account, email, testTo, null, refused);
  }

  public boolean saved() {
    return account != null;
  }

  /** The settings are others than those that were checked. */
  public boolean stale() {
    return account != null
        && check != null
        && check.version() != 0
        && check.version() != account.version();
  }

  /** Until when it worked, where it does not any more. */
  public @Nullable Instant before() {
    return account == null || check == null || check.passed()
        ? null
        : account.health().lastSuccess();
  }

  public List<Button> buttons() {
    Finding finding = check == null ? null : check.finding();
    return finding == null
        ? List.of()
        : finding.fixes().stream().filter(this::possible).map(this::button).toList();
  }

  public String report() {
    return check == null ? "" : Report.of(check, email);
  }

  private boolean possible(Fix fix) {
    return fix.change().containsKey("kind")
        || (FIELDS.containsAll(fix.change().keySet()) && fits(fix.change().keySet()));
  }

  /** A route at Microsoft or Google is no field of an account that signs in with a password. */
  private boolean fits(Set<String> fields) {
    String kind = account == null ? "" : account.kind().word();
    return fields.stream()
        .filter(field -> field.startsWith("microsoft/") || field.startsWith("google/"))
        .allMatch(field -> field.startsWith(kind + "/"));
  }

  private Button button(Fix fix) {
    Map<String, String> change = fix.change();
    String kind = change.get("kind");
    String link = kind == null ? null : "/accounts/new?kind=" + encoded(kind) + address();
    return new Button(fix.label(), link, JSON.writeValueAsString(change));
  }

  private String address() {
    return email.isBlank() ? "" : "&email=" + encoded(email);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
