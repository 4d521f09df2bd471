package org.postroom.transport;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Slice;
import org.postroom.mail.Address;
import org.springframework.stereotype.Component;

/** The local mailbox of each company: where mail of accounts of kind Local ends, for trying out. */
@Component
public class LocalMailbox {
  private final Database database;

  public LocalMailbox(Database database) {
    this.database = database;
  }

  /** Keeps a message; when this returns, it is on disk. Gives its id. */
  public String keep(String company, String account, Submission submission) {
    LocalHeader header = LocalHeader.of(submission.content());
    String id = Ids.next("lml");
    List<String> recipients =
        submission.envelope().recipients().stream().map(Address::spec).toList();
    database.run(sql -> {
      var mail =
          new LocalMail(
              id,
              account,
              submission.envelope().sender().spec(),
              recipients,
              header.subject(),
              header.messageId(),
              submission.content().length,
              sql.now());
      LocalMailRows.insert(sql, company, mail, submission.content());
    });
    return id;
  }

  /** Newest first. The cursor is the one of the slice before, null at the start. */
  public Slice<LocalMail> list(String company, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "lml");
    List<LocalMail> oneMore =
        database.read(sql -> LocalMailRows.newest(sql, company, limit + 1, before));
    return Slice.of(oneMore, limit, LocalMail::id);
  }

  public Optional<LocalMail> find(String company, String id) {
    return database.read(sql -> LocalMailRows.find(sql, company, id));
  }

  /** The message as it was handed over, byte for byte. */
  public Optional<byte[]> content(String company, String id) {
    return database.read(sql -> LocalMailRows.content(sql, company, id));
  }

  /** Empties the mailbox; gives how many messages went. */
  public int deleteAll(String company) {
    return database.write(sql -> LocalMailRows.deleteAll(sql, company));
  }
}
