package org.postroom.documents;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.postroom.documents.own.Design;
import org.postroom.documents.own.LayoutModel;
import org.postroom.http.Problem;
import org.postroom.text.Plain;
import org.springframework.stereotype.Service;

/** The layouts companies made themselves. Only what prints is ever stored. */
@Service
public class OwnLayouts {
  private static final int MOST = 200;
  private static final int MOST_VERSIONS = 100;

  /** HTML and CSS themselves are in the versions. */
  private static final Set<String> KEPT_ELSEWHERE =
      Set.of("id", "html", "css", "created_at", "updated_at", "updated_by");

  private final Database database;
  private final LayoutTrial trial;
  private final AuditTrail trail;
  private final List<LayoutUse> uses;

  OwnLayouts(Database database, LayoutTrial trial, Audit audit, List<LayoutUse> uses) {
    this.database = database;
    this.trial = trial;
    this.trail = new AuditTrail(audit, "layout", KEPT_ELSEWHERE);
    this.uses = uses;
  }

  /** What a preview shows. */
  public record Wish(DocumentKind kind, @Nullable String number, @Nullable Locale language) {}

  public Optional<OwnLayout> find(String company, String id) {
    return database.read(sql -> OwnLayoutRows.find(sql, company, id));
  }

  /**
   * @throws Problem 404
   */
  public OwnLayout get(String company, String id) {
    return find(company, id).orElseThrow(() -> missing(id));
  }

  /** All of the company's, without their images, in the order they were made. */
  public List<OwnLayout> list(String company) {
    return database.read(sql -> OwnLayoutRows.list(sql, company));
  }

  /** All versions there are, the newest first, without images. */
  public List<OwnLayout> versions(String company, String id) {
    List<OwnLayout> versions = database.read(sql -> OwnLayoutRows.versions(sql, company, id));
    if (versions.isEmpty()) throw missing(id);
    return versions;
  }

  public OwnLayout version(String company, String id, long version) {
    return database
        .read(sql -> OwnLayoutRows.version(sql, company, id, version))
        .orElseThrow(() -> Problem.notFound("Version " + version + " of layout “" + id + "”"));
  }

  /**
   * @throws Problem 409 where there are too many, 422 with everything that is wrong
   */
  public OwnLayout create(Caller caller, LayoutDraft draft) {
    caller.require(Right.MANAGE_TEMPLATES);
    trial.require(caller.company(), draft);
    return database.write(sql -> {
      OwnLayoutRows.lock(sql, caller.company());
      if (OwnLayoutRows.list(sql, caller.company()).size() >= MOST)
        throw Problem.conflict("too_many", "A company has at most " + MOST + " layouts.");
      OwnLayout made = made(caller, Ids.next("lay"), draft, 1, sql.now(), sql.now());
      OwnLayoutRows.insert(sql, made, caller);
      trail.created(caller, made.id(), LayoutJson.write(made));
      return made;
    });
  }

  /**
   * Changes a layout; the former version is kept. What changes nothing makes no version.
   *
   * @param version what the caller saw; null to change whatever there is
   * @throws Problem 404, 412 (changed meanwhile), 422
   */
  public OwnLayout update(
      Caller caller, String id, @Nullable Long version, Function<OwnLayout, LayoutDraft> change) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout before = existing(caller.company(), id, version);
    LayoutDraft draft = change.apply(before);
    if (draft.equals(before.draft())) return before;
    // Printing takes its time, so it is not done while the database waits.
    trial.require(caller.company(), draft);
    return database.write(sql -> store(sql, caller, before, draft));
  }

  /** Takes what a former version had, as a new version. */
  public OwnLayout restore(Caller caller, String id, @Nullable Long version, long former) {
    caller.require(Right.MANAGE_TEMPLATES);
    OwnLayout old = version(caller.company(), id, former);
    return update(
        caller,
        id,
        version,
        now -> new LayoutDraft(old.name(), old.kinds(), now.active(), old.design()));
  }

  /** Deletes a layout that nothing names; 409 with what names it otherwise. */
  public void delete(Caller caller, String id, @Nullable Long version) {
    caller.require(Right.MANAGE_TEMPLATES);
    String company = caller.company();
    existing(company, id, version);
    for (LayoutUse use : uses)
      use.use(company, id).ifPresent(user -> refuseDeleting(get(company, id), user));
    database.run(sql -> {
      OwnLayoutRows.lock(sql, company);
      OwnLayout layout = OwnLayoutRows.find(sql, company, id).orElseThrow(() -> missing(id));
      OwnLayoutRows.delete(sql, company, id);
      trail.deleted(caller, layout.id(), LayoutJson.write(layout));
    });
  }

  /** What names the layout; empty where it can be deleted. */
  public Optional<String> use(String company, String id) {
    return uses.stream().flatMap(use -> use.use(company, id).stream()).findFirst();
  }

  /**
   * The PDF of a document in a design that need not be saved.
   *
   * @throws Problem 422 with everything that is wrong
   */
  public byte[] preview(Caller caller, Design design, Wish wish) {
    caller.require(Right.MANAGE_TEMPLATES);
    Printing printing = trial.shown(caller.company(), wish.kind(), wish.number(), wish.language());
    return trial.look(design, printing);
  }

  /** The placeholders' values for a document, for the palette. */
  public Plain model(Caller caller, Wish wish) {
    return LayoutModel.of(
        trial.shown(caller.company(), wish.kind(), wish.number(), wish.language()));
  }

  /** For printing: by id, for a kind it is for; a plain sentence says what is wrong. */
  byte[] print(Printing printing, String id) {
    OwnLayout layout =
        find(printing.company().id(), id)
            .orElseThrow(() -> unusable("There is no layout “" + id + "” (any more)."));
    DocumentKind kind = printing.document().kind();
    if (!layout.kinds().contains(kind))
      throw unusable(
          "The layout “"
              + layout.name()
              + "” is not made for documents of the kind "
              + kind.words()
              + ".");
    if (!layout.active()) throw unusable("The layout “" + layout.name() + "” is switched off.");
    return trial.print(layout.design(), printing);
  }

  private OwnLayout store(Sql sql, Caller caller, OwnLayout before, LayoutDraft draft) {
    OwnLayoutRows.lock(sql, caller.company());
    OwnLayout now =
        OwnLayoutRows.find(sql, caller.company(), before.id())
            .orElseThrow(() -> missing(before.id()));
    if (now.version() != before.version()) throw changedMeanwhile();
    OwnLayout after = made(caller, now.id(), draft, now.version() + 1, now.createdAt(), sql.now());
    OwnLayoutRows.update(sql, after, caller);
    OwnLayoutRows.forget(sql, caller.company(), now.id(), after.version() - MOST_VERSIONS + 1);
    trail.changed(caller, after.id(), LayoutJson.write(now), LayoutJson.write(after));
    return after;
  }

  private static OwnLayout made(
      Caller caller, String id, LayoutDraft draft, long version, Instant created, Instant now) {
    return new OwnLayout(
        caller.company(),
        id,
        draft.name(),
        draft.kinds(),
        draft.active(),
        draft.design(),
        version,
        created,
        now,
        caller.name());
  }

  private OwnLayout existing(String company, String id, @Nullable Long version) {
    OwnLayout found = get(company, id);
    if (version != null && version != found.version()) throw changedMeanwhile();
    return found;
  }

  private static void refuseDeleting(OwnLayout layout, String user) {
    throw Problem.conflict(
        "in_use", "“" + layout.name() + "” cannot be deleted: it is used by " + user + ".");
  }

  private static Problem changedMeanwhile() {
    return Problem.of(
        412,
        "changed_meanwhile",
        "Somebody changed this layout meanwhile. Load it again and repeat your change.");
  }

  private static Problem missing(String id) {
    return Problem.notFound("Layout “" + id + "”");
  }

  private static Problem unusable(String sentence) {
    return Problem.invalid("/layout", "unknown_layout", sentence);
  }
}
