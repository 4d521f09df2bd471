package org.postroom.notices;

import java.util.List;
import java.util.Optional;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Letter;
import org.postroom.access.Letterbox;
import org.postroom.accounts.Account;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageRequest;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.springframework.stereotype.Component;

/**
 * Mails people their links through the company's default account, or another one that works. They
 * are in the outbox like any other message; what they hold is shown to nobody.
 */
@Component
class LettersByMail implements Letterbox {
  private static final String NO_ACCOUNT = "No email account of this company sends mail yet.";
  private final Carrier carrier;
  private final Access access;
  private final Composer composer;

  LettersByMail(Carrier carrier, Access access, Composer composer) {
    this.carrier = carrier;
    this.access = access;
    this.composer = composer;
  }

  @Override
  public Letter.Sent send(Letter letter) {
    Optional<Account> account = carrier.without(letter.company(), "");
    if (account.isEmpty()) return Letter.Sent.not(NO_ACCOUNT);
    Notice words = LetterWords.of(letter, access.company(letter.company()));
    try {
      Composition composition =
          composer.compose(
              Caller.postroom(letter.company()),
              MessageRequest.text(
                  List.of(letter.to()), words.subject(), words.text(), account.get().id()));
      var origin = new Message.Origin(Letter.ORIGIN, letter.id(), "Postroom, for " + letter.by());
      return Letter.Sent.as(composer.store(composition, origin, false).id());
    } catch (Problem refused) {
      return Letter.Sent.not(refused.detail());
    }
  }
}
