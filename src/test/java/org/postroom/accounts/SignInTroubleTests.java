package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.accounts.oauth.TokenEndpoint;
import org.postroom.findings.Findings;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.ScriptedTokens;

/**
 * Token errors as the providers write them, through a real endpoint: what the account needs then.
 */
class SignInTroubleTests {
  private static ScriptedTokens provider;
  private static Web web;
  private final SignInTrouble trouble = new SignInTrouble(new Findings());

  @BeforeAll
  static void start() {
    provider = new ScriptedTokens();
    web = new Web(Trust.ofSystem());
  }

  @AfterAll
  static void stop() {
    provider.close();
    web.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invalid_grant          | 65001   | X03 | NEEDS_ADMINISTRATOR
          invalid_grant          | 50057   | X09 | NEEDS_ADMINISTRATOR
          interaction_required   | 50076   | X10 | NEEDS_SIGN_IN
          invalid_grant          | 53003   | X12 | NEEDS_ADMINISTRATOR
          unauthorized_client    | 700016  | X16 | NEEDS_ADMINISTRATOR
          invalid_client         | 7000215 | X18 | NEEDS_ADMINISTRATOR
          invalid_client         | 7000222 | X19 | NEEDS_ADMINISTRATOR
          invalid_client         | 7000218 | X20 | NEEDS_ADMINISTRATOR
          invalid_request        | 50194   | X22 | NEEDS_ADMINISTRATOR
          invalid_request        | 90002   | X23 | NEEDS_ADMINISTRATOR
          invalid_grant          | 700082  | X26 | NEEDS_SIGN_IN
          invalid_grant          | 50173   | X27 | NEEDS_SIGN_IN
          invalid_grant          | 70043   | X27 | NEEDS_SIGN_IN
          """)
  void microsoftsWords(String error, String code, String id, State state) {
    provider.answer(
        400,
        """
        {"error":"%s","error_description":"AADSTS%s: What Microsoft says. Trace ID: 8f0c3b7e-6a51-4d0b-9c3e-3f2a5d1e0b00 Correlation ID: 1c6f8a52-7a8e-4d68-9a9c-2b1d3e4f5a6b Timestamp: 2026-11-21 09:00:00Z","error_codes":[%s],"timestamp":"2026-11-21 09:00:00Z","trace_id":"8f0c3b7e-6a51-4d0b-9c3e-3f2a5d1e0b00","correlation_id":"1c6f8a52-7a8e-4d68-9a9c-2b1d3e4f5a6b","error_uri":"https://login.microsoftonline.com/error?code=%s"}\
        """
            .formatted(error, code, code, code));
    var verdict = trouble.judge(client(Account.Kind.MICROSOFT), refused());
    assertThat(verdict.finding().id()).isEqualTo(id);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.state()).isEqualTo(state);
    assertThat(verdict.dead()).isEqualTo(state == State.NEEDS_SIGN_IN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invalid_grant  | Token has been expired or revoked. | X31 | NEEDS_SIGN_IN
          invalid_client | The OAuth client was not found.    | X18 | NEEDS_ADMINISTRATOR
          """)
  void googlesWords(String error, String description, String id, State state) {
    provider.answer(
        400,
        "{\n  \"error\": \"%s\",\n  \"error_description\": \"%s\"\n}"
            .formatted(error, description));
    var verdict = trouble.judge(client(Account.Kind.GOOGLE), refused());
    assertThat(verdict.finding().id()).isEqualTo(id);
    assertThat(verdict.state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "temporarily_unavailable,90033,400",
    "server_error,90012,500",
    "invalid_grant,50196,400"
  })
  void whatPassesNeverAsksForASignIn(String error, String code, int status) {
    provider.answer(
        status,
        "{\"error\":\"%s\",\"error_description\":\"AADSTS%s: Later.\",\"error_codes\":[%s]}"
            .formatted(error, code, code));
    TokenAnswer answer = ask();
    if (answer instanceof TokenAnswer.Refused refused)
      assertThat(trouble.judge(client(Account.Kind.MICROSOFT), refused).passes()).isTrue();
    else assertThat(answer).isInstanceOf(TokenAnswer.Busy.class);
  }

  private static TokenAnswer.Refused refused() {
    return (TokenAnswer.Refused) ask();
  }

  private static TokenAnswer ask() {
    return new TokenEndpoint(web)
        .ask(URI.create(provider.url()), Map.of("refresh_token", "planted-refresh"));
  }

  private static Client client(Account.Kind kind) {
    String host =
        kind == Account.Kind.GOOGLE
            ? "https://oauth2.googleapis.com"
            : "https://login.microsoftonline.com";
    return new Client(
        kind, "app-1", null, URI.create(host), URI.create(host + "/token"), List.of("x"), false);
  }
}
