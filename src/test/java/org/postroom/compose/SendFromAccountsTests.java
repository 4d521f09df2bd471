package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountJson;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.environment.Environment;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.Partners;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.TestDatabase;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import tools.jackson.databind.json.JsonMapper;

/** Partners and accounts together, as the product wires them. */
class SendFromAccountsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller US = Caller.postroom("co_1");

  @Test
  void aPartnerNamesOnlyAccountsThatExistAndKeepsThemFromBeingDeleted(@TempDir Path home) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(Database.class, () -> TestDatabase.SQLITE.open(null));
      var settings = new Settings(Map.of("POSTROOM_HOME", home.toString()));
      context.registerBean(Secrets.class, () -> new Secrets(settings));
      context.registerBean(Settings.class, () -> settings);
      context.register(Audit.class, Environment.class);
      var scanner = new ClassPathBeanDefinitionScanner(context);
      scanner.addExcludeFilter(new RegexPatternTypeFilter(Pattern.compile(".*\\.web\\..*")));
      scanner.scan(
          "org.postroom.net",
          "org.postroom.findings",
          "org.postroom.partners",
          "org.postroom.accounts");
      context.register(SendFromAccounts.class);
      context.refresh();
      Accounts accounts = context.getBean(Accounts.class);
      Partners partners = context.getBean(Partners.class);
      accounts.createLocal("co_1", Address.of("office@acme.example"));
      Account second =
          accounts.create(
              US,
              AccountJson.read(
                  JSON.readTree(
                      "{\"kind\": \"local\", \"name\": \"Sales\", \"email\": \"s@acme.example\"}")));

      Problem missing =
          catchThrowableOfType(Problem.class, () -> partners.put(US, contoso("acc_none")));
      assertThat(missing.errorAt("/send_from")).isEqualTo("There is no account “acc_none”.");
      partners.put(US, contoso(second.id()));
      Problem used =
          catchThrowableOfType(Problem.class, () -> accounts.delete(US, second.id(), null));
      assertThat(used.detail())
          .isEqualTo("“Sales” cannot be deleted: it is used by the partner Contoso.");
      partners.put(US, contoso(null));
      accounts.delete(US, second.id(), null);
      assertThat(accounts.find("co_1", second.id())).isEmpty();
    }
  }

  private static Partner contoso(String sendFrom) {
    var body = JSON.createObjectNode().put("name", "Contoso").put("send_from", sendFrom);
    return PartnerJson.read("contoso", body);
  }
}
