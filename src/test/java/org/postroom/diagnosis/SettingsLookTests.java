package org.postroom.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.findings.Findings;
import org.postroom.mail.Address;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Security;

class SettingsLookTests {
  private static final Findings FINDINGS = new Findings();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          smtp-mail.outlook.com,                   anna@outlook.com,    N11
          smtp.office365.com,                      anna@hotmail.co.uk,  N11
          smtp.office365.com,                      anna@live.com,       N11
          acme-example.mail.protection.outlook.com,anna@acme.example,   N10
          aspmx.l.google.com,                      anna@acme.example,   N10
          alt2.aspmx.l.google.com,                 anna@acme.example,   N10
          smtp.gmail.com,                          anna@gmail.com,      G01
          """)
  void deadCombinationsAreToldBeforeConnecting(String host, String user, String finding) {
    SettingsLook look = smtp(host, 587, Security.STARTTLS, user, "my own password 1");
    assertThat(look.dead()).isNotNull();
    assertThat(look.dead().id()).isEqualTo(finding);
    assertThat(look.dead().steps()).isNotEmpty();
    assertThat(look.dead().fixes()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          smtp.gmail.com,     anna@gmail.com,   abcdefghijklmnop
          smtp.acme.example,  anna@outlook.com, whatever
          smtp.office365.com, anna@acme.example,whatever
          """)
  void whatMayWorkIsTried(String host, String user, String password) {
    assertThat(smtp(host, 587, Security.STARTTLS, user, password).dead()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"465, STARTTLS", "465, NONE", "587, TLS", "25, STARTTLS"})
  void oddPairsOfPortAndSecurityAreAdvice(int port, Security security) {
    SettingsLook look = smtp("smtp.acme.example", port, security, "anna@acme.example", "x");
    assertThat(look.dead()).isNull();
    assertThat(look.advice().getFirst().what()).contains("Port " + port);
  }

  @ParameterizedTest
  @CsvSource({"465, TLS", "587, STARTTLS", "2525, STARTTLS"})
  void usualPairsNeedNoWord(int port, Security security) {
    assertThat(smtp("smtp.acme.example", port, security, "anna@acme.example", "x").advice())
        .isEmpty();
  }

  @Test
  void theEndOfPasswordsAtMicrosoftIsAdvice() {
    SettingsLook look =
        smtp("smtp.office365.com", 587, Security.STARTTLS, "anna@acme.example", "x");
    assertThat(look.advice().getFirst().what()).contains("Microsoft is ending");
  }

  @Test
  void exchangeOnlineIsNoExchangeServer() {
    var exchange =
        new Connection.Exchange(
            URI.create("https://outlook.office365.com/EWS/Exchange.asmx"), null, "anna", null);
    SettingsLook look = SettingsLook.at(account(exchange), null, FINDINGS);
    assertThat(look.dead()).isNotNull();
    assertThat(look.dead().id()).isEqualTo("W04");
    var own =
        new Connection.Exchange(
            URI.create("https://mail.acme.example/EWS/Exchange.asmx"), null, "anna", null);
    assertThat(SettingsLook.at(account(own), null, FINDINGS).dead()).isNull();
  }

  private static SettingsLook smtp(
      String host, int port, Security security, String user, String password) {
    var smtp = new Connection.Smtp(host, port, security, true, user);
    var login =
        new Login.Smtp(host, port, security, new Login.Credentials.Password(user, password));
    return SettingsLook.at(account(smtp), login, FINDINGS);
  }

  static Account account(Connection connection) {
    return account(connection, null);
  }

  private static Account account(Connection connection, @Nullable String name) {
    return new Account(
        "co_1",
        "acc_1",
        connection.kind(),
        "Invoices",
        Address.of("invoices@acme.example"),
        name,
        null,
        Account.COMPANY,
        false,
        true,
        connection,
        true,
        Account.Limits.of(connection.kind()),
        new Account.Health(Account.Health.State.WORKING, null, null, null, null, null),
        0,
        Instant.EPOCH);
  }
}
