package org.postroom.transport.web;

import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.transport.LocalMail;
import org.postroom.transport.LocalMailbox;
import org.postroom.transport.PersonalMail;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps links with which somebody signs in from whoever else may see caught mail. */
@Component
class CaughtLetters {
  private final LocalMailbox mailbox;
  private final ObjectProvider<PersonalMail> personal;

  CaughtLetters(LocalMailbox mailbox, ObjectProvider<PersonalMail> personal) {
    this.mailbox = mailbox;
    this.personal = personal;
  }

  /** Refuses with 403 who does not manage people, where the mail is a letter. */
  void require(Caller caller, String id) {
    if (caller.may(Right.MANAGE_PEOPLE)) return;
    boolean letter =
        mailbox
            .find(caller.company(), id)
            .map(LocalMail::messageId)
            .filter(
                name -> personal.orderedStream().anyMatch(each -> each.is(caller.company(), name)))
            .isPresent();
    if (letter)
      throw Problem.forbidden(
          "This mail holds a personal link. Only who manages people may look at it here.");
  }
}
