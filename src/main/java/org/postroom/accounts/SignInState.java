package org.postroom.accounts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an account that signs in at its provider stands there.
 *
 * @param signedInAs the address of who signed in; null where nobody did, and for apps
 * @param since when somebody, or the app itself, signed in
 * @param scopes as granted
 * @param approved whether an administrator told us by the link that the app is approved
 * @param lastUsed to the hour
 */
public record SignInState(
    State state,
    @Nullable String signedInAs,
    @Nullable Instant since,
    List<String> scopes,
    boolean approved,
    @Nullable Instant lastUsed,
    @Nullable Instant lastRenewed) {

  public enum State {
    NEEDED,
    /** An administrator of the organisation was asked to approve. */
    WAITING_FOR_APPROVAL,
    CONNECTED
  }

  public SignInState {
    scopes = List.copyOf(scopes);
  }

  static boolean needed(Account account) {
    return account.kind() == Account.Kind.MICROSOFT || account.kind() == Account.Kind.GOOGLE;
  }

  static SignInState of(Grant grant) {
    boolean waiting = grant.approval() == Grant.Approval.WAITING;
    State state =
        grant.connected() ? State.CONNECTED : waiting ? State.WAITING_FOR_APPROVAL : State.NEEDED;
    return new SignInState(
        state,
        grant.signedInAs(),
        grant.since(),
        grant.scopes().stream().sorted().toList(),
        grant.approval() == Grant.Approval.GIVEN,
        grant.lastUsed(),
        grant.lastRenewed());
  }

  public boolean connected() {
    return state == State.CONNECTED;
  }

  public boolean waiting() {
    return state == State.WAITING_FOR_APPROVAL;
  }

  /** Whether large attachments were allowed. */
  public boolean allowsDrafts() {
    return new AccessToken("", java.util.Set.copyOf(scopes), Instant.EPOCH).allows(Clients.DRAFTS);
  }

  /** As the API shows it. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state", state.name().toLowerCase(Locale.ROOT));
    json.put("signed_in_as", signedInAs);
    json.put("since", since == null ? null : since.toString());
    json.put("scopes", scopes);
    return json;
  }
}
