package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/**
 * Where people are signed in: begins with a proof of who they are, lists, ends, and leads from one
 * of somebody's companies to another.
 */
@Service
public class Sessions {
  private final Database database;
  private final Access access;
  private final KeptSessions kept;
  private final Audit audit;

  Sessions(Database database, Access access, KeptSessions kept, Audit audit) {
    this.database = database;
    this.access = access;
    this.kept = kept;
    this.audit = audit;
  }

  /**
   * One place where somebody is signed in.
   *
   * @param id to end it with; nobody gets in with it
   * @param way how they proved who they are: {@code password}, {@code openid}, {@code link}
   * @param current the one that asks
   */
  public record Open(
      String company,
      String companyName,
      String id,
      Instant began,
      Instant seen,
      @Nullable String address,
      @Nullable String browser,
      String way,
      boolean current) {

    Open asCurrent() {
      return new Open(company, companyName, id, began, seen, address, browser, way, true);
    }
  }

  /** Signs a person in who has just proved in another way who they are, such as by setting up. */
  public void signIn(String email, HttpServletRequest request, HttpServletResponse response) {
    String account = Access.normalized(email);
    String person =
        database
            .read(sql -> PersonRows.byEmail(sql, account))
            .map(PersonRows.Known::id)
            .orElseThrow(() -> Problem.notFound("This person"));
    begin(person, null, "link", request, response);
  }

  /**
   * The same for a person known by id.
   *
   * @param company where to begin, null for where they were last
   * @param way how they proved who they are
   * @throws Problem 404 where they are in no company, or not in that one
   */
  public void begin(
      String person,
      @Nullable String company,
      String way,
      HttpServletRequest request,
      HttpServletResponse response) {
    Caller caller =
        access.caller(person, company).orElseThrow(() -> Problem.notFound("This person"));
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            new SignedIn(caller.id(), caller.company()), null, List.of()));
    SecurityContextHolder.setContext(context);
    request.setAttribute(KeptSessions.WAY, way);
    kept.saveContext(context, request, response);
    database.run(sql -> PersonRows.signedIn(sql, caller.id()));
  }

  /** Whether cookies for this request go over https only. */
  public boolean byHttps(HttpServletRequest request) {
    return kept.secure(request);
  }

  /** Where somebody was going when they were asked to sign in; the start page otherwise. */
  public String goesOn(HttpServletRequest request, HttpServletResponse response) {
    var asked = Security.pagesAskedFor();
    var saved = asked.getRequest(request, response);
    asked.removeRequest(request, response);
    if (saved == null) return "/";
    return ownPath(saved.getRedirectUrl());
  }

  /** The cookie could say anything; only our own pages are gone on to. */
  static String ownPath(String url) {
    try {
      URI uri = URI.create(url);
      String path = uri.getRawPath();
      if (path == null || !path.startsWith("/") || path.startsWith("//")) return "/";
      return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    } catch (IllegalArgumentException garbled) {
      return "/";
    }
  }

  /** Leads to another company of the same person; the session gets a new name. */
  public void switchTo(
      Caller caller, String company, HttpServletRequest request, HttpServletResponse response) {
    requirePerson(caller);
    String way =
        own(caller, request).stream()
            .filter(Open::current)
            .map(Open::way)
            .findFirst()
            .orElse("password");
    begin(caller.id(), company, way, request, response);
  }

  /** Where the caller is signed in, in all their companies; the one that asks first. */
  public List<Open> own(Caller caller, HttpServletRequest request) {
    requirePerson(caller);
    String current = kept.of(request).map(KeptSession::idHash).orElse("");
    return of(caller.id()).stream()
        .map(open -> open.id().equals(current) ? open.asCurrent() : open)
        .sorted(java.util.Comparator.comparing((Open open) -> !open.current()))
        .toList();
  }

  /** Ends one of the caller's own. */
  public void end(Caller caller, String id) {
    requirePerson(caller);
    if (database.write(sql -> SessionRows.deleteOne(sql, caller.id(), id)) == 0)
      throw Problem.notFound("This sign-in");
  }

  /** Ends all of the caller's own but the one that asks. */
  public int endOthers(Caller caller, HttpServletRequest request) {
    requirePerson(caller);
    String current = kept.of(request).map(KeptSession::idHash).orElse("");
    return database.write(sql -> SessionRows.deleteAllOf(sql, caller.id(), current));
  }

  /** Where somebody is signed in to the caller's company; their others are nobody's business. */
  public List<Open> of(Caller caller, String person) {
    caller.require(Right.MANAGE_PEOPLE);
    return of(person).stream().filter(open -> open.company().equals(caller.company())).toList();
  }

  /** Signs somebody out of the caller's company, everywhere. */
  public int endOf(Caller caller, String person) {
    caller.require(Right.MANAGE_PEOPLE);
    return database.write(sql -> {
      People.existing(sql, caller, person);
      int ended = SessionRows.deleteOf(sql, caller.company(), person);
      audit.record(caller, "person.signed_out", person, ended + " places", null);
      return ended;
    });
  }

  private List<Open> of(String person) {
    return database.read(sql ->
        SessionRows.of(sql, person, KeptSessions.oldest(sql.now()), KeptSessions.begun(sql.now())));
  }

  private static void requirePerson(Caller caller) {
    if (caller.kind() != Caller.Kind.PERSON)
      throw Problem.forbidden("Only somebody who signed in has this.");
  }
}
