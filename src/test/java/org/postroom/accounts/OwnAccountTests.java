package org.postroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.testkit.RunningPostroom;

/** A person and the account that is theirs. */
class OwnAccountTests {
  private static RunningPostroom postroom;
  private static Accounts accounts;
  private static String company;
  private static Caller anna;
  private static Caller ben;
  private static Caller admin;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    accounts = postroom.bean(Accounts.class);
    company = postroom.bean(Access.class).companies().getFirst().id();
    anna = person("usr_anna", Right.SEND);
    ben = person("usr_ben", Right.SEND);
    admin = person("usr_admin", Right.SEND, Right.MANAGE_ACCOUNTS);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void aPersonConnectsChangesSwitchesOffAndDeletesTheirOwn() {
    Account own = accounts.create(anna, draft("Anna", anna.id(), false, true));
    assertThat(own.owner()).isEqualTo(anna.id());
    assertThat(accounts.mayChange(anna, own)).isTrue();
    accounts.update(anna, own.id(), null, old -> draft("Anna L.", anna.id(), false, true));
    accounts.update(anna, own.id(), null, old -> draft("Anna L.", anna.id(), false, false));
    assertThat(accounts.get(anna, own.id()).active()).isFalse();
    accounts.delete(anna, own.id(), null);
    assertThat(accounts.find(company, own.id())).isEmpty();
  }

  @Test
  void othersDoNotKnowOfItAndAdministratorsDo() {
    Account own = accounts.create(anna, draft("Anna", anna.id(), false, true));
    assertThat(status(() -> accounts.get(ben, own.id()))).isEqualTo(404);
    assertThat(status(() -> accounts.delete(ben, own.id(), null))).isEqualTo(404);
    assertThat(
            status(() ->
                accounts.update(ben, own.id(), null, old -> draft("x", ben.id(), false, true))))
        .isEqualTo(404);
    assertThat(accounts.list(ben, true, 200, null).data()).noneMatch(each -> !each.ofCompany());
    assertThat(accounts.list(anna, true, 200, null).data())
        .contains(own)
        .anyMatch(Account::ofCompany);
    assertThat(accounts.list(admin, true, 200, null).data()).contains(own);
    assertThat(accounts.mayChange(admin, own)).isTrue();
    accounts.delete(admin, own.id(), null);
  }

  @Test
  void nobodyReachesBeyondTheirOwn() {
    Account local = accounts.defaultOf(company);
    assertThat(
            status(() ->
                accounts.update(
                    anna, local.id(), null, old -> draft("x", Account.COMPANY, true, true))))
        .isEqualTo(403);
    assertThat(status(() -> accounts.create(anna, draft("x", Account.COMPANY, false, true))))
        .isEqualTo(403);
    assertThat(status(() -> accounts.create(anna, draft("x", ben.id(), false, true))))
        .isEqualTo(403);
    assertThat(status(() -> accounts.create(anna, draft("x", anna.id(), true, true))))
        .isEqualTo(422);
    Account own = accounts.create(anna, draft("Anna", anna.id(), false, true));
    assertThat(
            status(() ->
                accounts.update(
                    anna, own.id(), null, old -> draft("x", Account.COMPANY, false, true))))
        .as("given to the company")
        .isEqualTo(403);
    accounts.delete(anna, own.id(), null);
  }

  @Test
  void whoOnlyLooksAndKeysWithoutTheScopeConnectNothing() {
    Caller viewer = person("usr_viewer", Right.SEE_ALL_MAIL);
    assertThat(status(() -> accounts.create(viewer, draft("x", viewer.id(), false, true))))
        .isEqualTo(403);
    Caller key =
        new Caller(company, Caller.Kind.KEY, "key_1", "key", null, EnumSet.of(Right.SEND), false);
    assertThat(status(() -> accounts.create(key, draft("x", key.id(), false, true))))
        .isEqualTo(403);
  }

  private static int status(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    var problem = org.assertj.core.api.Assertions.catchThrowableOfType(Problem.class, work);
    assertThatThrownBy(
            () -> {
              if (problem != null) throw problem;
            })
        .as("refused")
        .isInstanceOf(Problem.class);
    return problem.status();
  }

  private static Caller person(String id, Right first, Right... more) {
    return new Caller(
        company, Caller.Kind.PERSON, id, id, id + "@acme.example", EnumSet.of(first, more), false);
  }

  private static AccountDraft draft(String name, String owner, boolean isDefault, boolean active) {
    return new AccountDraft(
        Account.Kind.LOCAL,
        name,
        Address.of("own@acme.example"),
        null,
        null,
        owner,
        isDefault,
        active,
        new Connection.Local(),
        null,
        Account.Limits.of(Account.Kind.LOCAL));
  }
}
