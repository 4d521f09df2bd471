package org.postroom.accounts;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.PendingSignIn.Held;
import org.postroom.accounts.PendingSignIn.Purpose;
import org.postroom.accounts.oauth.IdToken;
import org.postroom.accounts.oauth.Pkce;
import org.postroom.accounts.oauth.Scopes;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.accounts.oauth.TokenEndpoint;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.http.Problem;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.springframework.stereotype.Component;

/** What becomes of a sign-in that came back: checked step by step, kept only when all is right. */
@Component
class SignInAnswers {
  private final AccountClients accounts;
  private final TokenEndpoint endpoint;
  private final SignInTrouble trouble;
  private final Connecting connecting;

  SignInAnswers(
      AccountClients accounts,
      TokenEndpoint endpoint,
      SignInTrouble trouble,
      Connecting connecting) {
    this.accounts = accounts;
    this.endpoint = endpoint;
    this.trouble = trouble;
    this.connecting = connecting;
  }

  SignInResult unknown() {
    return failed(
        null,
        trouble.own("X01", "This sign-in did not start here, or it took too long.", Map.of()),
        null);
  }

  /** A person is back: an error first, then the code for tokens, then whose tokens they are. */
  SignInResult signedIn(Caller caller, PendingSignIn signIn, SignIns.Returned returned) {
    var one = accounts.of(signIn.company(), signIn.account());
    if (!one.account().active()) return unknown();
    if (returned.error() != null) return refused(one, reply(returned));
    if (returned.code() == null) return unknown();
    TokenAnswer answer =
        endpoint.ask(one.client().tokens(), redeem(one.client(), signIn, returned.code()));
    return switch (answer) {
      case TokenAnswer.Refused refused -> refused(one, refused.reply());
      case TokenAnswer.Busy busy -> busy(one, busy.reply());
      case TokenAnswer.Granted granted -> granted(caller, one, signIn, granted);
    };
  }

  private SignInResult granted(
      Caller caller, AccountClients.One one, PendingSignIn signIn, TokenAnswer.Granted granted) {
    Account account = one.account();
    Set<String> scopes = scopes(one.client(), signIn, granted);
    List<String> missing = Scopes.missing(scopes, one.client().mail());
    if (!missing.isEmpty())
      return failed(
          account,
          trouble.own(
              "X35",
              "The permission to send mail was not given.",
              Map.of("scopes", String.join(" ", missing))),
          null);
    if (granted.refreshToken() == null)
      return failed(
          account,
          trouble.own(
              "X36", one.client().providerName() + " gave no lasting permission.", Map.of()),
          null);
    Optional<IdToken> who = IdToken.read(granted.idToken(), one.client().id(), signIn.nonce());
    if (who.isEmpty())
      return failed(
          account, trouble.own("X28", "The sign-in was mixed up with another.", Map.of()), null);
    boolean expected = one.hint() == null || who.get().is(account.email().spec());
    String address =
        who.get().is(account.email().spec())
            ? account.email().spec()
            : who.get().address().orElse("");
    if (expected) return connecting.connect(caller, account, granted, scopes, address);
    return otherMailbox(one, signIn, granted, scopes, address);
  }

  private SignInResult otherMailbox(
      AccountClients.One one,
      PendingSignIn signIn,
      TokenAnswer.Granted granted,
      Set<String> scopes,
      String address) {
    var held =
        new Held(
            granted.accessToken(),
            String.valueOf(granted.refreshToken()),
            String.join(" ", scopes),
            granted.lasts().toSeconds(),
            address);
    Account account = one.account();
    String expected = account.email().spec();
    Finding finding =
        trouble.own(
            "X37",
            "You signed in as " + address + ", but this account is for " + expected + ".",
            Map.of("signed", address, "wanted", expected));
    return new SignInResult.OtherMailbox(account, address, connecting.hold(signIn, held), finding);
  }

  /** Which of two mailboxes; empty where the sign-in is to begin again. */
  Optional<SignInResult> chosen(Caller caller, PendingSignIn signIn, SignIns.Choice choice) {
    Held held = signIn.granted();
    Account account = accounts.existing(signIn.company(), signIn.account());
    if (held == null) return Optional.of(unknown());
    var granted =
        new TokenAnswer.Granted(
            held.accessToken(),
            held.refreshToken(),
            null,
            Duration.ofSeconds(held.lastsSeconds()),
            null);
    Set<String> scopes = Scopes.parse(held.scopes());
    return switch (choice) {
      case USE_THIS -> Optional.of(connecting.as(caller, account, granted, scopes, held.address()));
      case SEND_AS -> connecting.sendAs(caller, account, granted, scopes, held.address());
      case SIGN_IN_AGAIN -> {
        connecting.discard(account, held);
        yield Optional.empty();
      }
    };
  }

  /**
   * An administrator is back. An error comes with {@code admin_consent=True} as well, so it counts
   * first; that the answer names a tenant proves nothing, only tokens do.
   */
  SignInResult approved(PendingSignIn signIn, SignIns.Returned returned) {
    var one = accounts.of(signIn.company(), signIn.account());
    if (returned.error() != null) return refused(one, reply(returned));
    connecting.approved(one.account());
    if (!one.client().app()) return new SignInResult.Approved(one.account().name(), false);
    SignInResult tried = connecting.app(one.account());
    return tried instanceof SignInResult.Connected
        ? new SignInResult.Approved(one.account().name(), true)
        : tried;
  }

  SignInResult app(Caller caller, Account account) {
    return connecting.app(caller, account);
  }

  void waits(Account account) {
    connecting.waits(account);
  }

  SignIns.Disconnected disconnect(Caller caller, Account account) {
    if (!SignInState.needed(account))
      throw Problem.conflict(
          "no_sign_in", "Nobody signs in to accounts of kind " + account.kind().word() + ".");
    return connecting.disconnect(caller, account);
  }

  Grant grant(Account account) {
    return connecting.grant(account);
  }

  Map<String, Grant> grants(String company) {
    return connecting.grants(company);
  }

  /** Where only an administrator can go on, the account waits for one. */
  private SignInResult refused(AccountClients.One one, Reply reply) {
    Finding finding = trouble.explain(one.client(), FailureKind.SIGN_IN_REFUSED, reply);
    boolean approval = finding.id().equals("X03") || finding.id().equals("X04");
    if (approval && !connecting.grant(one.account()).connected()) waits(one.account());
    return failed(one.account(), finding, reply);
  }

  private SignInResult busy(AccountClients.One one, Reply reply) {
    Finding finding =
        reply.code() == 0
            ? new Finding(
                "X30",
                one.client().providerName() + " could not be reached. " + reply.text(),
                List.of("Try again in a moment."),
                Action.WAIT,
                List.of())
            : trouble.explain(one.client(), FailureKind.SIGN_IN_UNAVAILABLE, reply);
    return failed(one.account(), finding, reply);
  }

  private static SignInResult failed(
      @Nullable Account account, Finding finding, @Nullable Reply reply) {
    return new SignInResult.Failed(account, finding, reply);
  }

  private static Reply reply(SignIns.Returned returned) {
    String description = returned.description() == null ? "" : returned.description();
    return SignInTrouble.reply(String.valueOf(returned.error()), description);
  }

  /** As the provider said; where it said nothing, as we asked (RFC 6749, section 5.1). */
  private static Set<String> scopes(
      Client client, PendingSignIn signIn, TokenAnswer.Granted granted) {
    return granted.scopes() != null
        ? granted.scopes()
        : new HashSet<>(SignInAddress.asked(client, signIn.drafts()));
  }

  private static Map<String, String> redeem(Client client, PendingSignIn signIn, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", client.id());
    if (client.secret() != null) form.put("client_secret", client.secret());
    form.put("code", code);
    form.put("redirect_uri", signIn.redirect().toString());
    form.put("code_verifier", signIn.verifier());
    if (!client.google())
      form.put("scope", String.join(" ", SignInAddress.asked(client, signIn.drafts())));
    return form;
  }

  static PendingSignIn choice(PendingSignIn signIn, Held held) {
    return new PendingSignIn(
        signIn.company(),
        signIn.account(),
        Purpose.CHOICE,
        signIn.startedBy(),
        URI.create("https://choice.invalid"),
        Pkce.random(),
        Pkce.random(),
        signIn.drafts(),
        held);
  }
}
