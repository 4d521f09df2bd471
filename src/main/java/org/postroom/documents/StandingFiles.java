package org.postroom.documents;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.springframework.stereotype.Service;

/** Files of the company that go along by themselves: at most 50, of at most 25 MB each. */
@Service
public class StandingFiles {
  private static final int MOST_LANGUAGES = 20;
  private final Database database;
  private final Audit audit;

  StandingFiles(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** What somebody says of a file: its name, and what it goes along with. */
  public record Wish(String name, List<DocumentKind> kinds, List<String> languages) {
    public Wish {
      kinds = kinds.stream().distinct().sorted().toList();
      languages = languages.stream().distinct().toList();
    }
  }

  /** In the order they were added. */
  public List<StandingFile> list(String company) {
    return database.read(sql -> new StandingRows(sql).list(company));
  }

  /** What goes along with documents of a kind, in any language. */
  public List<StandingFile> forKind(String company, DocumentKind kind) {
    return list(company).stream().filter(file -> file.kinds().contains(kind)).toList();
  }

  /** What goes along with documents of a kind in mails of that language. */
  public List<StandingFile> forKind(String company, DocumentKind kind, Locale language) {
    return list(company).stream().filter(file -> file.goesWith(kind, language)).toList();
  }

  public Optional<StandingFile> find(String company, String id) {
    return database.read(sql -> new StandingRows(sql).find(company, id));
  }

  /** The file as mail carries it; 422 naming it where it is not there. */
  public Attachment content(String company, String id) {
    return database
        .read(sql -> new StandingRows(sql).content(company, id))
        .orElseThrow(() -> AttachedFile.missing(id, "among the standing files"));
  }

  /** 413 where it is too large, 422 where its name, languages or content cannot be taken. */
  public StandingFile add(Caller caller, Wish wish, byte[] content) {
    caller.require(Right.MANAGE_TEMPLATES);
    AttachedFile file = AttachedFile.check(wish.name(), content);
    checkLanguages(wish.languages());
    return database.write(sql -> {
      var rows = new StandingRows(sql);
      AttachedFile.checkCount(rows.list(caller.company()).size());
      Instant now = sql.now();
      StandingFile added = standing(Ids.next("sfl"), file, wish, now, now);
      rows.insert(caller.company(), added, content);
      audit.record(caller, "standing_file.added", added.id(), null, summary(added));
      return added;
    });
  }

  /** Another name, or other kinds and languages; the content stays. */
  public StandingFile change(Caller caller, String id, Wish wish) {
    caller.require(Right.MANAGE_TEMPLATES);
    checkLanguages(wish.languages());
    return database.write(sql -> {
      byte[] content = contentOf(sql, caller.company(), id).content();
      return change(sql, caller, id, wish, AttachedFile.check(wish.name(), content));
    });
  }

  /** Another edition of the file. */
  public StandingFile replace(Caller caller, String id, byte[] content) {
    caller.require(Right.MANAGE_TEMPLATES);
    StandingFile before = find(caller.company(), id).orElseThrow(StandingFiles::unknown);
    AttachedFile file = AttachedFile.check(before.name(), content);
    Wish same = new Wish(before.name(), before.kinds(), before.languages());
    return database.write(sql -> {
      StandingFile changed = change(sql, caller, id, same, file);
      new StandingRows(sql).content(caller.company(), id, content);
      return changed;
    });
  }

  /** 404 where it is not there. */
  public void delete(Caller caller, String id) {
    caller.require(Right.MANAGE_TEMPLATES);
    database.run(sql -> {
      var rows = new StandingRows(sql);
      StandingFile file = rows.find(caller.company(), id).orElseThrow(StandingFiles::unknown);
      rows.delete(caller.company(), id);
      audit.record(caller, "standing_file.deleted", id, summary(file), null);
    });
  }

  private StandingFile change(Sql sql, Caller caller, String id, Wish wish, AttachedFile file) {
    var rows = new StandingRows(sql);
    StandingFile before = rows.find(caller.company(), id).orElseThrow(StandingFiles::unknown);
    StandingFile after = standing(id, file, wish, before.addedAt(), sql.now());
    rows.update(caller.company(), after);
    audit.record(caller, "standing_file.changed", id, summary(before), summary(after));
    return after;
  }

  private static StandingFile standing(
      String id, AttachedFile file, Wish wish, Instant added, Instant changed) {
    return new StandingFile(
        id,
        file.name(),
        file.contentType(),
        file.content().length,
        wish.kinds(),
        wish.languages(),
        added,
        changed);
  }

  private static Attachment contentOf(Sql sql, String company, String id) {
    return new StandingRows(sql).content(company, id).orElseThrow(StandingFiles::unknown);
  }

  private static void checkLanguages(List<String> languages) {
    if (languages.size() > MOST_LANGUAGES)
      throw Problem.invalid("/languages", "too_many", "At most 20 languages can be named.");
    for (String tag : languages)
      if (!tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"))
        throw Problem.invalid(
            "/languages", "not_a_language", "“" + tag + "” is no language such as de or pt-BR.");
  }

  private static String summary(StandingFile file) {
    return file.name()
        + ", "
        + file.size()
        + " bytes, kinds "
        + file.kinds().stream().map(DocumentKind::word).toList()
        + ", languages "
        + file.languages();
  }

  private static Problem unknown() {
    return Problem.notFound("This standing file");
  }
}
