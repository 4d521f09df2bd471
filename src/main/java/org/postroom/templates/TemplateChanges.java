package org.postroom.templates;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.AuditTrail;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.templates.Template.Level;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Makes, changes and deletes templates. Each saved text is a version of its own, the newest is in
 * use. The company's are changed with the right to manage templates, a personal one by its owner
 * alone, for whom alone it exists.
 */
@Service
public class TemplateChanges {
  private static final int MOST_OF_COMPANY = 1_000;
  private static final int MOST_OF_PERSON = 200;
  private static final int MOST_VERSIONS = 200;

  /** The texts themselves are in the versions. */
  private static final Set<String> KEPT_ELSEWHERE =
      Set.of("id", "body", "revision", "created_at", "updated_at", "updated_by");

  private final Database database;
  private final AuditTrail trail;
  private final List<TemplateUse> uses;

  TemplateChanges(Database database, Audit audit, List<TemplateUse> uses) {
    this.database = database;
    this.trail = new AuditTrail(audit, "template", KEPT_ELSEWHERE);
    this.uses = uses;
  }

  /**
   * Keeps a new template.
   *
   * @throws Problem 403 without the right; 422 with everything that is wrong, and nothing is kept
   */
  public Template create(Caller caller, TemplateDraft draft) {
    requireMaking(caller, draft.level());
    TemplateCheck.require(draft);
    String owner = draft.level() == Level.PERSONAL ? caller.id() : null;
    return changing(
        caller,
        sql -> {
          requireRoom(sql, caller.company(), owner);
          Template template = made(caller.company(), Ids.next("tpl"), owner, draft, 1);
          if (template.isDefault()) clearDefault(sql, template);
          TemplateRows.insert(sql, template);
          TemplateRows.insertVersion(sql, template, draft.note(), caller);
          Template kept = found(sql, template);
          trail.created(caller, kept.id(), TemplateJson.write(kept));
          return kept;
        });
  }

  /**
   * Changes a template; another text is a new version.
   *
   * @param revision what the caller saw; null to change whatever there is
   * @param change gets the template as it stands; must be quick
   * @throws Problem 404, 412 (changed meanwhile), 422, 403
   */
  public Template update(
      Caller caller, String id, @Nullable Long revision, Function<Template, TemplateDraft> change) {
    return changing(
        caller,
        sql -> {
          Template before = existing(sql, caller, id, revision);
          TemplateDraft draft = change.apply(before);
          TemplateCheck.require(draft);
          return store(sql, caller, before, draft);
        });
  }

  /** Makes an earlier text the newest version again; 404 where there is no such version. */
  public Template restore(Caller caller, String id, long number, @Nullable Long revision) {
    return changing(
        caller,
        sql -> {
          Template before = existing(sql, caller, id, revision);
          TemplateVersion old = version(sql, before, number);
          var draft =
              new TemplateDraft(
                  before.purpose(),
                  before.language(),
                  before.level(),
                  old.name(),
                  old.body(),
                  old.copies(),
                  before.isDefault(),
                  "Restored from version " + number);
          TemplateCheck.require(draft);
          return store(sql, caller, before, draft);
        });
  }

  /** Deletes a template that nothing names; 409 with what names it otherwise. */
  public void delete(Caller caller, String id, @Nullable Long revision) {
    changing(
        caller,
        sql -> {
          Template template = existing(sql, caller, id, revision);
          for (TemplateUse use : uses)
            use.use(template.company(), id).ifPresent(user -> refuseDeleting(template, user));
          TemplateRows.delete(sql, template.company(), id);
          trail.deleted(caller, template.id(), TemplateJson.write(template));
          return template;
        });
  }

  /** The newest first; for whoever may know of the template. */
  public Slice<TemplateVersion> versions(Caller caller, String id, int limit, long before) {
    List<TemplateVersion> oneMore =
        database.read(sql -> {
          Template template = seen(sql, caller, id);
          return TemplateRows.versions(sql, template.company(), id, before, limit + 1);
        });
    return Slice.of(oneMore, limit, version -> Long.toString(version.number()));
  }

  /** One version; 404 where there is none of that number. */
  public TemplateVersion version(Caller caller, String id, long number) {
    return database.read(sql -> version(sql, seen(sql, caller, id), number));
  }

  /** Refuses with 403 who may make no template at all, not even one of their own. */
  public static void requireMaking(Caller caller) {
    Templates.requireReading(caller);
  }

  /** Whether the caller may change and delete it. */
  public static boolean mayChange(Caller caller, Template template) {
    return switch (template.level()) {
      case APPLICATION -> caller.may(Right.MANAGE_TEMPLATES);
      case PERSONAL -> template.isFor(Templates.person(caller)) && caller.may(Right.SEND);
      case BUILT_IN -> false;
    };
  }

  private Template store(Sql sql, Caller caller, Template before, TemplateDraft draft) {
    boolean sameText = draft.sameText(before);
    if (sameText && draft.isDefault() == before.isDefault()) return before;
    Template after =
        made(
            before.company(),
            before.id(),
            before.owner(),
            draft,
            sameText ? before.version() : before.version() + 1);
    if (after.isDefault() && !before.isDefault()) clearDefault(sql, after);
    TemplateRows.update(sql, after);
    if (!sameText) {
      TemplateRows.insertVersion(sql, after, draft.note(), caller);
      TemplateRows.forget(sql, after.company(), after.id(), after.version() - MOST_VERSIONS + 1);
    }
    Template kept = found(sql, after);
    trail.changed(caller, kept.id(), TemplateJson.write(before), TemplateJson.write(kept));
    return kept;
  }

  private static void clearDefault(Sql sql, Template next) {
    TemplateRows.clearDefault(sql, next.company(), next.purpose(), next.language());
  }

  private static Template made(
      String company, String id, @Nullable String owner, TemplateDraft draft, long version) {
    return new Template(
        company,
        id,
        draft.level(),
        owner,
        draft.purpose(),
        draft.language(),
        draft.name().strip(),
        draft.body(),
        draft.copies(),
        draft.isDefault(),
        version,
        0,
        null,
        null,
        null);
  }

  private static Template found(Sql sql, Template template) {
    return TemplateRows.find(sql, template.company(), template.id()).orElseThrow();
  }

  private static void requireMaking(Caller caller, Level level) {
    switch (level) {
      case APPLICATION -> caller.require(Right.MANAGE_TEMPLATES);
      case PERSONAL -> {
        caller.require(Right.SEND);
        if (Templates.person(caller) == null)
          throw Problem.invalid(
              "/level", "invalid", "Only people have templates of their own, a key has none.");
      }
      case BUILT_IN ->
          throw Problem.invalid("/level", "invalid", "Built-in texts cannot be made, only used.");
    }
  }

  private static void requireRoom(Sql sql, String company, @Nullable String owner) {
    int most = owner == null ? MOST_OF_COMPANY : MOST_OF_PERSON;
    if (TemplateRows.count(sql, company, owner) >= most)
      throw Problem.conflict("too_many", "There are " + most + " templates. Delete some first.");
  }

  /** To be changed by the caller. Of others' personal ones nobody learns that they exist. */
  private static Template existing(Sql sql, Caller caller, String id, @Nullable Long revision) {
    Template found = seen(sql, caller, id);
    if (found.level() == Level.BUILT_IN)
      throw Problem.conflict(
          "built_in", "A built-in text cannot be changed. Make a template from it.");
    if (found.level() == Level.APPLICATION) caller.require(Right.MANAGE_TEMPLATES);
    if (found.level() == Level.PERSONAL) caller.require(Right.SEND);
    if (revision != null && revision != found.revision())
      throw Problem.of(
          412,
          "changed_meanwhile",
          "Somebody changed this template meanwhile. Load it again and repeat your change.");
    return found;
  }

  private static Template seen(Sql sql, Caller caller, String id) {
    Templates.requireReading(caller);
    return Choice.find(sql, caller.company(), id)
        .filter(each -> each.isFor(Templates.person(caller)))
        .orElseThrow(() -> Problem.notFound("Template “" + id + "”"));
  }

  private static TemplateVersion version(Sql sql, Template template, long number) {
    return TemplateRows.versions(sql, template.company(), template.id(), number + 1, 1).stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(() -> Problem.notFound("Version " + number));
  }

  private static void refuseDeleting(Template template, String user) {
    throw Problem.conflict(
        "in_use", "“" + template.name() + "” cannot be deleted: it is used by " + user + ".");
  }

  /** Changes of one company's templates pass one by one, so that at most one is the default. */
  private <T> T changing(Caller caller, Function<Sql, T> work) {
    try {
      return database.write(sql -> {
        TemplateRows.lock(sql, caller.company());
        return work.apply(sql);
      });
    } catch (DuplicateKeyException bothWereFirst) {
      throw Problem.conflict(
          "changed_meanwhile", "Another template was made at the same moment. Try again.");
    }
  }
}
