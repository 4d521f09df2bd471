package org.postroom.documents;

import java.util.List;
import java.util.Optional;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.springframework.stereotype.Service;

/** Files that go along with one document: at most 50, of at most 25 MB each. */
@Service
public class DocumentFiles {
  public static final int MOST_BYTES = AttachedFile.MOST_BYTES;
  private final Database database;

  DocumentFiles(Database database) {
    this.database = database;
  }

  /** A file as it stands now, and whether it is new to the document. */
  public record Put(DocumentFile file, boolean created) {}

  /** In the order they were added; none where there is no such document. */
  public List<DocumentFile> of(String company, DocumentKind kind, String number) {
    return database.read(sql -> new AttachedRows(sql).list(new Key(company, kind, number)));
  }

  public Optional<Attachment> find(String company, DocumentKind kind, String number, String name) {
    Key key = new Key(company, kind, number);
    return database.read(sql -> new AttachedRows(sql).content(key, name));
  }

  /** The file as mail carries it; 422 naming it where it is not there. */
  public Attachment content(String company, DocumentKind kind, String number, String name) {
    return find(company, kind, number, name)
        .orElseThrow(
            () -> AttachedFile.missing(name, "attached to " + kind.words() + " " + number));
  }

  /** All files as mail carries them, in the order they were added. */
  public List<Attachment> attachments(String company, DocumentKind kind, String number) {
    Key key = new Key(company, kind, number);
    return database.read(sql -> {
      var rows = new AttachedRows(sql);
      return rows.list(key).stream()
          .flatMap(file -> rows.content(key, file.name()).stream())
          .toList();
    });
  }

  /**
   * Adds a file, or replaces the one of that name.
   *
   * @throws Problem 404 without the document, 413 where the file is too large, 422 where its name
   *     or content cannot go along
   */
  public Put put(Caller caller, DocumentKind kind, String number, String name, byte[] content) {
    caller.require(Right.WRITE_DOCUMENTS);
    AttachedFile file = AttachedFile.check(name, content);
    Key key = new Key(caller.company(), kind, number);
    return database.write(sql -> {
      if (new DocumentRows(sql).lock(key).isEmpty()) throw noDocument(key);
      var rows = new AttachedRows(sql);
      List<DocumentFile> before = rows.list(key);
      boolean known = before.stream().anyMatch(one -> one.name().equals(name));
      if (!known) AttachedFile.checkCount(before.size());
      return new Put(rows.save(key, file, sql.now()), !known);
    });
  }

  /** 404 where it is not there. */
  public void delete(Caller caller, DocumentKind kind, String number, String name) {
    caller.require(Right.WRITE_DOCUMENTS);
    Key key = new Key(caller.company(), kind, number);
    database.run(sql -> {
      if (!new AttachedRows(sql).delete(key, name))
        throw Problem.notFound("The file “" + name + "” of this document");
    });
  }

  private static Problem noDocument(Key key) {
    return Problem.notFound("The " + key.kind().words() + " “" + key.number() + "”");
  }
}
