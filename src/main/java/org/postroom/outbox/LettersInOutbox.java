package org.postroom.outbox;

import org.postroom.db.Database;
import org.postroom.transport.PersonalMail;
import org.springframework.stereotype.Component;

/** Recognises letters by the Message-ID we gave them. */
@Component
class LettersInOutbox implements PersonalMail {
  private final Database database;

  LettersInOutbox(Database database) {
    this.database = database;
  }

  @Override
  public boolean is(String company, String messageId) {
    int at = messageId.indexOf('@');
    if (at < 2 || !messageId.startsWith("<msg_")) return false;
    String id = messageId.substring(1, at);
    return database.read(sql -> MessageRows.isLetter(sql, company, id));
  }
}
