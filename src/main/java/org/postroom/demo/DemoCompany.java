package org.postroom.demo;

import java.awt.Color;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Installation;
import org.postroom.access.NewPerson;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The demo's firm and its administrator. Exists before anything else looks for a company. */
@Component
@Conditional(DemoAsked.class)
class DemoCompany implements InitializingBean {
  private static final Logger LOG = LoggerFactory.getLogger(DemoCompany.class);
  private final Database database;
  private final Settings settings;
  private final Access access;
  private final Installation installation;

  DemoCompany(Database database, Settings settings, Access access, Installation installation) {
    this.database = database;
    this.settings = settings;
    this.access = access;
    this.installation = installation;
  }

  /** The administrator, as if signed in. */
  Caller administrator() {
    String id = found().orElseThrow();
    String person = access.people(id).getFirst().id();
    return access.caller(person, id).orElseThrow();
  }

  /** The firm's own clock on the wall. */
  ZonedDateTime now() {
    return database.now().atZone(access.company(found().orElseThrow()).timeZone());
  }

  boolean isFilled() {
    return database.read(sql -> DemoRows.find(sql, DemoRows.FILLED)).isPresent();
  }

  /** Runs the work with the mark that it is done in one transaction, so once whatever happens. */
  void fill(Runnable work) {
    database.run(sql -> {
      if (DemoRows.mark(sql, DemoRows.FILLED, "yes")) work.run();
    });
  }

  /** Puts a key beside the sign-in unless the settings gave one. */
  void keepKey(Supplier<String> key) {
    DemoSignIn.kept(settings.home())
        .filter(signIn -> signIn.apiKey() == null)
        .ifPresent(signIn -> signIn.withApiKey(key.get()).keep(settings.home()));
  }

  @Override
  public void afterPropertiesSet() {
    if (found().isPresent()) return;
    access.companies().stream()
        .findFirst()
        .ifPresent(company -> {
          throw new NotADemo(company.name());
        });
    DemoFiles.Firm firm = DemoFiles.firm();
    DemoSignIn signIn = signIn(firm.administrator().email());
    // Kept first: a company that nobody can sign in to would be lost.
    signIn.keep(settings.home());
    begin(
        company(firm.company()),
        NewPerson.of(firm.administrator().name(), signIn.email(), signIn.password()));
  }

  @EventListener
  void announce(ApplicationReadyEvent event) {
    Path file = DemoSignIn.file(settings.home());
    DemoSignIn.kept(settings.home())
        .ifPresentOrElse(
            signIn ->
                LOG.info(
                    "Demo: sign in as {} with password {} (kept in {}, with an API key for the examples)",
                    signIn.email(),
                    signIn.password(),
                    file),
            () -> LOG.info("Demo: the sign-in is in the data folder of the first start."));
  }

  private void begin(Company company, NewPerson administrator) {
    database.run(sql -> {
      // The mark is one row: of two nodes that start at once the second finds the first's company.
      if (DemoRows.mark(sql, DemoRows.COMPANY, company.id()))
        installation.begin(company, administrator);
    });
  }

  private Optional<String> found() {
    return database.read(sql -> DemoRows.find(sql, DemoRows.COMPANY));
  }

  /** What the settings for an unattended start say, if they do. */
  private DemoSignIn signIn(String email) {
    return DemoSignIn.kept(settings.home())
        .orElseGet(() ->
            new DemoSignIn(
                settings.get(Name.POSTROOM_ADMIN_EMAIL).orElse(email),
                settings.get(Name.POSTROOM_ADMIN_PASSWORD).orElseGet(DemoSignIn::newPassword),
                settings.get(Name.POSTROOM_API_KEY).orElse(null)));
  }

  private static Company company(JsonNode file) {
    String colour = text(file, "colour");
    return new Company(
        Ids.next("co"),
        text(file, "name"),
        file.get("address").valueStream().map(JsonNode::stringValue).toList(),
        text(file, "country"),
        text(file, "currency"),
        Locale.forLanguageTag(text(file, "language")),
        ZoneId.of(text(file, "time_zone")),
        text(file, "email"),
        text(file, "phone"),
        text(file, "website"),
        text(file, "tax_id"),
        text(file, "registration"),
        text(file, "bank_name"),
        text(file, "iban"),
        text(file, "bic"),
        colour,
        DemoLogo.png(Color.decode(colour)),
        Company.Paper.A4);
  }

  private static String text(JsonNode file, String name) {
    return file.get(name).stringValue();
  }
}
