package org.postroom.accounts;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.PendingSignIn.Purpose;
import org.postroom.accounts.oauth.Pkce;
import org.postroom.accounts.oauth.Scopes;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/**
 * Signing in at Microsoft and Google for accounts that need it: begin, come back, approve by an
 * administrator, disconnect. Authorization code with PKCE and a one-time state (RFC 6749, 7636).
 */
@Service
public class SignIns {
  private final Settings settings;
  private final AccountClients accounts;
  private final PendingSignIns pending;
  private final SignInAnswers answers;

  SignIns(
      Settings settings, AccountClients accounts, PendingSignIns pending, SignInAnswers answers) {
    this.settings = settings;
    this.accounts = accounts;
    this.pending = pending;
    this.answers = answers;
  }

  /**
   * How to sign in.
   *
   * @param here the address people reach us at, where POSTROOM_PUBLIC_URL does not say
   * @param largeAttachments whether to ask for the right to keep drafts, which Microsoft Graph
   *     wants for messages over about 3 MB
   */
  public record Ask(URI here, boolean largeAttachments) {}

  /**
   * A sign-in that has begun; it ends after 15 minutes.
   *
   * @param url where the person's browser goes
   * @param adminConsentUrl where an administrator of the organisation can approve, good for 30
   *     days; null for Google
   */
  public record Begun(URI url, @Nullable URI adminConsentUrl) {
    @Override
    public String toString() {
      return "Begun[" + url.getHost() + "]"; // the state in it is a secret
    }
  }

  /** What the provider's redirect brought along. */
  public record Returned(
      @Nullable String state,
      @Nullable String code,
      @Nullable String error,
      @Nullable String description) {
    @Override
    public String toString() {
      return "Returned[error=" + error + "]";
    }
  }

  public enum Choice {
    /** The account's address becomes the one that signed in. */
    USE_THIS,
    /** Who signed in may send as the account's address: a shared mailbox or another own address. */
    SEND_AS,
    /** Forget it and sign in as the account's address. */
    SIGN_IN_AGAIN
  }

  /**
   * What came of disconnecting.
   *
   * @param revoked whether the provider took the permission back, too
   * @param message plain sentence
   */
  public record Disconnected(Account account, boolean revoked, String message) {}

  /** Where providers send people back; to be registered with them exactly so. */
  public URI redirect(URI here) {
    String base = settings.get(Settings.Name.POSTROOM_PUBLIC_URL).orElseGet(here::toString);
    return URI.create(base.replaceFirst("/+$", "") + "/oauth/callback");
  }

  /**
   * Begins a sign-in.
   *
   * @throws Problem 404, 409 where the account does not sign in this way or is off, 422 where there
   *     is no client id
   */
  public Begun begin(Caller caller, String accountId, Ask ask) {
    var one = accounts.require(caller, accountId);
    if (one.client().app())
      throw Problem.conflict(
          "signs_in_itself", "This account sends as the app itself: nobody has to sign in.");
    PendingSignIn signIn = pending(caller, one.account(), Purpose.SIGN_IN, ask);
    URI url = SignInAddress.authorize(one.client(), signIn, pending.begin(signIn), one.hint());
    return new Begun(url, approval(caller, one, ask).orElse(null));
  }

  /**
   * A link that an administrator of the organisation opens to approve the app; until then the
   * account waits.
   *
   * @throws Problem as {@link #begin}; 409 for Google, where administrators approve in their
   *     console
   */
  public URI approvalLink(Caller caller, String accountId, Ask ask) {
    var one = accounts.require(caller, accountId);
    URI link =
        approval(caller, one, ask)
            .orElseThrow(() ->
                Problem.conflict(
                    "no_such_link",
                    "Google has no such link. An administrator of the Workspace trusts the client"
                        + " id under Security, API controls."));
    answers.waits(one.account());
    return link;
  }

  /** What came of a person's sign-in. The caller is who the browser says, in this company. */
  public SignInResult finish(Caller caller, Returned returned) {
    return taken(returned)
        .filter(signIn -> signIn.purpose() == Purpose.SIGN_IN && mayFinish(caller, signIn))
        .map(signIn -> answers.signedIn(caller, signIn, returned))
        .orElseGet(answers::unknown);
  }

  /** What came of an administrator's visit; whoever opens the link need not be known to us. */
  public SignInResult approved(Returned returned) {
    return taken(returned)
        .filter(signIn -> signIn.purpose() == Purpose.APPROVAL)
        .map(signIn -> answers.approved(signIn, returned))
        .orElseGet(answers::unknown);
  }

  /** Which mailbox is meant. The result of SIGN_IN_AGAIN is empty: begin again. */
  public Optional<SignInResult> choose(Caller caller, String state, Choice choice) {
    Optional<PendingSignIn> signIn =
        pending
            .take(state)
            .filter(one -> one.purpose() == Purpose.CHOICE && mayFinish(caller, one));
    return signIn.isEmpty()
        ? Optional.of(answers.unknown())
        : answers.chosen(caller, signIn.get(), choice);
  }

  /**
   * An app that signs in itself: tries it now.
   *
   * @throws Problem as {@link #begin}; 409 for accounts that people sign in to
   */
  public SignInResult connectApp(Caller caller, String accountId) {
    var one = accounts.require(caller, accountId);
    if (!one.client().app())
      throw Problem.conflict("person_signs_in", "Somebody has to sign in to this account.");
    return answers.app(caller, one.account());
  }

  /** Forgets the tokens, and takes the permission back where the provider lets us. */
  public Disconnected disconnect(Caller caller, String accountId) {
    Account account = accounts.existing(caller.company(), accountId);
    Ownership.requireChange(caller, account);
    return answers.disconnect(caller, account);
  }

  /** How the account stands at its provider; empty for kinds that need no sign-in there. */
  public Optional<SignInState> state(Account account) {
    return SignInState.needed(account)
        ? Optional.of(SignInState.of(answers.grant(account)))
        : Optional.empty();
  }

  /**
   * Whether what was granted covers reading the mailbox. True where no sign-in decides: then only
   * reading shows.
   */
  public boolean mayRead(Account account) {
    if (!SignInState.needed(account)) return true;
    List<String> needed = Clients.reading(account.connection());
    return Scopes.missing(answers.grant(account).scopes(), needed).isEmpty();
  }

  /** The same for many of one company, looked up at once. */
  public Function<Account, Optional<SignInState>> states(String company) {
    Map<String, Grant> grants = answers.grants(company);
    return account ->
        SignInState.needed(account)
            ? Optional.of(SignInState.of(grants.getOrDefault(account.id(), Grant.NONE)))
            : Optional.empty();
  }

  /** Whether accounts of that kind need no client id of their own. */
  public boolean hasClientFor(Account.Kind kind) {
    return accounts.installationHas(kind);
  }

  private Optional<URI> approval(Caller caller, AccountClients.One one, Ask ask) {
    if (!(one.account().connection() instanceof Connection.Microsoft microsoft))
      return Optional.empty();
    PendingSignIn approval = pending(caller, one.account(), Purpose.APPROVAL, ask);
    return Optional.of(
        SignInAddress.approval(
            accounts.adminConsent(microsoft),
            one.client(),
            ask.largeAttachments(),
            approval.redirect(),
            pending.begin(approval)));
  }

  private PendingSignIn pending(Caller caller, Account account, Purpose purpose, Ask ask) {
    return new PendingSignIn(
        account.company(),
        account.id(),
        purpose,
        caller.id(),
        redirect(ask.here()),
        Pkce.random(),
        Pkce.random(),
        ask.largeAttachments(),
        null);
  }

  private Optional<PendingSignIn> taken(Returned returned) {
    return returned.state() == null ? Optional.empty() : pending.take(returned.state());
  }

  /**
   * Who began it finishes it, so that nobody can be made to finish another's. What a program began
   * is finished by a person of the company.
   */
  private boolean mayFinish(Caller caller, PendingSignIn signIn) {
    if (!caller.company().equals(signIn.company())) return false;
    Ownership.requireChange(caller, accounts.existing(signIn.company(), signIn.account()));
    return !signIn.startedBy().startsWith("usr_") || signIn.startedBy().equals(caller.id());
  }
}
