package org.postroom.notices;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageRequest;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.outbox.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes a message of a notice, like any other: composed, kept, in the log. */
@Component
class NoticeMail {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeMail.class);
  private final Carrier carrier;
  private final Composer composer;
  private final Database database;
  private final Settings settings;

  NoticeMail(Carrier carrier, Composer composer, Database database, Settings settings) {
    this.carrier = carrier;
    this.composer = composer;
    this.database = database;
    this.settings = settings;
  }

  /**
   * Sends it to the administrators through another account than the one named. Where there is none
   * that works, nothing happens: the banner tells.
   *
   * @param about what it is about, for the log
   * @param told notes that this message tells it; false where another was faster, and then nothing
   *     is sent
   */
  void send(String company, String without, Notice notice, String about, Predicate<String> told) {
    Optional<Account> account = carrier.without(company, without);
    List<Address> people = carrier.administrators(company);
    if (account.isEmpty() || people.isEmpty()) return;
    try {
      Composition composition =
          composer.compose(Caller.postroom(company), request(notice, people, account.get()));
      var origin = new Message.Origin("notice", about, "Postroom, for administrators");
      database.run(sql -> {
        if (told.test(composition.id())) composer.store(composition, origin, false);
      });
    } catch (Problem refused) {
      LOG.warn("A notice could not be sent: {}", refused.detail());
    }
  }

  /** The page's address, or how to find it where nobody said what this installation is called. */
  String link(String path) {
    return link(path, "Email accounts");
  }

  /** The same for another page, by its name in the menu. */
  String link(String path, String page) {
    return settings
        .get(Settings.Name.POSTROOM_PUBLIC_URL)
        .map(url -> url.replaceAll("/+$", "") + path)
        .orElse("in Postroom, on the page " + page);
  }

  private static MessageRequest request(Notice notice, List<Address> people, Account account) {
    return MessageRequest.text(people, notice.subject(), notice.text(), account.id());
  }
}
