package org.postroom.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Accounts;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** On a database nobody works on yet, and then beside the running product. */
@ParameterizedClass
@EnumSource
class CreateAdminTests {
  private static final String FIRST = "a long enough password";
  private static final String SECOND = "quite another password";

  @Parameter TestDatabase kind;
  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void settings() {
    RunningPostroom.settings(kind).forEach((name, value) -> environment.put(name, "" + value));
    environment.put("POSTROOM_HOME", home.toString());
  }

  @Test
  void setsUpAddsAndLetsInAgain() throws Exception {
    Tried weak = Tried.piped("short\n", environment, "create-admin", "anna@acme.example");
    assertThat(weak.exit()).isEqualTo(1);
    assertThat(weak.err()).contains("at least 12 characters");
    Tried none = Tried.run(environment, "create-admin", "anna@acme.example");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("--password-file");

    Tried first =
        Tried.piped(
            FIRST + "\n",
            environment,
            "create-admin",
            "Anna@acme.example",
            "--company",
            "Acme Ltd");
    assertThat(first.exit()).as(first.all()).isZero();
    assertThat(first.out()).contains("“Acme Ltd” is made", "anna@acme.example");
    Tried again = Tried.piped(FIRST, environment, "create-admin", "anna@acme.example");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("administrator of “Acme Ltd” already", "--reset-password");

    Map<String, Object> product = new HashMap<>(environment);
    product.put("POSTROOM_ADMIN_EMAIL", "");
    try (var postroom = RunningPostroom.start(product)) {
      Caller anna = postroom.bean(Access.class).signIn("anna@acme.example", FIRST, "192.0.2.1");
      assertThat(anna.may(Right.MANAGE_PEOPLE)).isTrue();
      var local = postroom.bean(Accounts.class).defaultOf(anna.company());
      assertThat(local.email().spec()).isEqualToIgnoringCase("anna@acme.example");
      assertThat(local.displayName()).isEqualTo("Acme Ltd");
      besideTheRunningProduct(postroom, anna);
    }
  }

  private void besideTheRunningProduct(RunningPostroom postroom, Caller anna) throws Exception {
    Path file = Files.writeString(home.resolve("password"), SECOND + "\n");
    Tried added =
        Tried.run(
            environment,
            "create-admin",
            "ben@acme.example",
            "--password-file",
            "" + file,
            "--json");
    assertThat(added.json().path("result").stringValue()).isEqualTo("added");
    assertThat(added.json().path("company").stringValue()).isEqualTo(anna.company());
    assertThat(postroom.bean(Access.class).signIn("ben@acme.example", SECOND, "192.0.2.1").id())
        .isEqualTo(added.json().path("person").stringValue());

    var signedIn = new Browser(postroom.url());
    signedIn.submit(
        "/sign-in",
        "form[action$=/sign-in]",
        Map.of("email", "anna@acme.example", "password", FIRST));
    assertThat(signedIn.open("/").path()).isEqualTo("/");
    Tried reset =
        Tried.piped(
            SECOND, environment, "create-admin", "anna@acme.example", "--reset-password", "--json");
    assertThat(reset.json().path("result").stringValue()).isEqualTo("password_changed");
    assertThat(signedIn.open("/").path()).as("the session has ended").isEqualTo("/sign-in");
    assertThat(postroom.bean(Access.class).signIn("anna@acme.example", SECOND, "192.0.2.1").id())
        .isEqualTo(anna.id());
    Tried nobody =
        Tried.piped(SECOND, environment, "create-admin", "eve@acme.example", "--reset-password");
    assertThat(nobody.exit()).isEqualTo(1);

    String trail = postroom.bean(org.postroom.access.Audit.class).list(anna, 50, null).toString();
    assertThat(trail)
        .contains("company.created", "person.added", "person.password_changed", "command line")
        .doesNotContain(FIRST, SECOND);
  }
}
