package org.postroom.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Whether the installation has its first company, and how it gets one: unattended by settings, or
 * by a person with the code that the log shows.
 */
@Service
public class Installation implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
  private final Database database;
  private final Settings settings;
  private final Access access;
  private final ApiKeys keys;
  private volatile @Nullable SetupCode code;
  private volatile boolean done;

  Installation(Database database, Settings settings, Access access, ApiKeys keys) {
    this.database = database;
    this.settings = settings;
    this.access = access;
    this.keys = keys;
  }

  /** True from the moment a company exists, for ever. */
  public boolean isDone() {
    if (!done) done = database.read(CompanyRows::any);
    return done;
  }

  /** What the log shows to whoever may set up. */
  String code() {
    return theCode().text();
  }

  /** One for all nodes: a load balancer may lead to any of them. */
  private SetupCode theCode() {
    SetupCode known = code;
    if (known == null) code = known = new SetupCode(database.write(Installation::sharedCode));
    return known;
  }

  private static String sharedCode(Sql sql) {
    sql.sql(
            "INSERT INTO installation (name, value) VALUES ('setup_code', :fresh) ON CONFLICT (name) DO NOTHING")
        .param("fresh", SetupCode.fresh())
        .update();
    return sql.sql("SELECT value FROM installation WHERE name = 'setup_code'")
        .query(String.class)
        .single();
  }

  /** Whether somebody gave the code from the log; wrong tries cost time. */
  public void checkCode(String given) {
    theCode().check(given);
  }

  /** Makes the first company. Of several at once exactly one succeeds; the others get 404. */
  public void setUp(String givenCode, Company company, NewPerson administrator) {
    theCode().check(givenCode);
    first(() -> access.createCompany(company, administrator));
  }

  /**
   * Makes the first company without asking anybody, with the key that the settings give if they do.
   * 404 where there is a company already, also when another node was faster.
   */
  public void begin(Company company, NewPerson administrator) {
    first(() -> {
      access.createCompany(company, administrator);
      settings.get(Name.POSTROOM_API_KEY).ifPresent(key -> keys.createGiven(company.id(), key));
    });
  }

  /**
   * Before the port opens: programs that start us unattended never see a half-made installation.
   */
  @Override
  public void afterSingletonsInstantiated() {
    Optional<String> email = settings.get(Name.POSTROOM_ADMIN_EMAIL);
    if (email.isEmpty() || isDone()) return;
    String password =
        settings
            .get(Name.POSTROOM_ADMIN_PASSWORD)
            .orElseThrow(() ->
                new IllegalStateException(
                    "POSTROOM_ADMIN_EMAIL is set, so POSTROOM_ADMIN_PASSWORD or POSTROOM_ADMIN_PASSWORD_FILE is needed."));
    try {
      unattended(NewPerson.of("Administrator", email.get(), password));
    } catch (Problem problem) {
      throw new IllegalStateException(
          "The unattended first start failed: " + problem.detail(), problem);
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void showCode() {
    if (isDone()) return;
    LOG.info(
        "Postroom is not set up yet. Open {}/setup and give this code: {}",
        settings
            .get(Name.POSTROOM_PUBLIC_URL)
            .orElse("http://localhost:" + settings.get(Name.POSTROOM_HTTP_PORT).orElse("8025")),
        code());
  }

  private void unattended(NewPerson administrator) {
    Company company =
        Company.named(Ids.next("co"), settings.get(Name.POSTROOM_COMPANY).orElse("My company"));
    try {
      begin(company, administrator);
    } catch (Problem anotherNodeWasFaster) {
      if (anotherNodeWasFaster.status() != 404) throw anotherNodeWasFaster;
    }
  }

  /** One row that only one transaction can insert decides who is first. */
  private void first(Runnable work) {
    database.run(sql -> {
      int inserted =
          sql.sql(
                  "INSERT INTO installation (name, value) VALUES ('set_up', 'yes') ON CONFLICT (name) DO NOTHING")
              .update();
      if (inserted == 0) throw Problem.notFound("The set-up page");
      sql.sql("DELETE FROM installation WHERE name = 'setup_code'").update();
      work.run();
    });
    done = true;
  }
}
