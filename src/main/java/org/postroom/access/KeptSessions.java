package org.postroom.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.DatabaseAway;
import org.postroom.db.Settings;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in, kept in the database: whichever node answers knows it, and a restart signs
 * nobody out. Ends ten hours after it was last used, and seven days after it began whatever
 * happens.
 */
@Component
class KeptSessions implements SecurityContextRepository {
  private static final Duration IDLE = Duration.ofHours(10);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration NOTED = Duration.ofMinutes(1);
  private static final int LONGEST_BROWSER = 300;
  private static final String LOOKED_UP = KeptSessions.class.getName();

  /** Request attribute: how somebody proved who they are, a password where it is not set. */
  static final String WAY = KeptSessions.class.getName() + ".way";

  private final Database database;
  private final boolean https;

  KeptSessions(Database database, Settings settings) {
    this.database = database;
    this.https = SessionCookies.reachedByHttps(settings);
  }

  /** Looked up once a request. */
  Optional<KeptSession> of(HttpServletRequest request) {
    if (request.getAttribute(LOOKED_UP) instanceof Found found)
      return Optional.ofNullable(found.session());
    // The page that says what went wrong: looking again would go wrong again.
    if (request.getDispatcherType() == DispatcherType.ERROR) return Optional.empty();
    Optional<KeptSession> found =
        SessionCookies.read(request, SessionCookies.SIGNED_IN).flatMap(this::find);
    request.setAttribute(LOOKED_UP, new Found(found.orElse(null)));
    return found;
  }

  private record Found(@Nullable KeptSession session) {}

  /** What the next page says; null for nothing more. */
  void flash(HttpServletRequest request, KeptSession session, @Nullable String flash) {
    database.run(sql -> SessionRows.flash(sql, session, flash));
    request.setAttribute(LOOKED_UP, new Found(session.withFlash(flash)));
  }

  boolean secure(HttpServletRequest request) {
    return https || request.isSecure();
  }

  /** What was not used since then has ended. */
  static Instant oldest(Instant now) {
    return now.minus(IDLE);
  }

  /** What began before that has ended, used or not. */
  static Instant begun(Instant now) {
    return now.minus(LONGEST);
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return context(of(holder.getRequest()));
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Later(() -> of(request));
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return of(request).isPresent();
  }

  /** Signing in gives a new name; whoever knew the old one does not come along. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    end(request, response);
    Authentication who = context.getAuthentication();
    if (who != null && who.getPrincipal() instanceof SignedIn person)
      begin(person, request, response);
  }

  private void begin(SignedIn person, HttpServletRequest request, HttpServletResponse response) {
    String id = Token.next();
    String token = Token.next();
    SessionRows.From from = from(request);
    KeptSession begun =
        database.write(sql -> {
          Instant now = sql.now();
          var session =
              new KeptSession(person.company(), Token.hash(id), person.person(), token, null, now);
          SessionRows.forget(sql, oldest(now), begun(now));
          SessionRows.insert(sql, session, from);
          PersonRows.used(sql, person.company(), person.person());
          return session;
        });
    request.setAttribute(LOOKED_UP, new Found(begun));
    String value = person.company() + "." + id;
    SessionCookies.write(response, SessionCookies.SIGNED_IN, value, secure(request));
  }

  private void end(HttpServletRequest request, HttpServletResponse response) {
    Optional<KeptSession> before = of(request);
    request.setAttribute(LOOKED_UP, new Found(null));
    if (before.isEmpty()) return;
    String company = before.get().company();
    database.run(sql -> SessionRows.delete(sql, company, before.get().idHash()));
    SessionCookies.write(response, SessionCookies.SIGNED_IN, "", secure(request));
  }

  private Optional<KeptSession> find(String cookie) {
    int dot = cookie.indexOf('.');
    if (dot < 1 || cookie.length() > 200) return Optional.empty();
    String company = cookie.substring(0, dot);
    String hash = Token.hash(cookie.substring(dot + 1));
    record Look(Optional<KeptSession> session, Instant now) {}
    Look look =
        database.read(sql -> {
          Instant now = sql.now();
          return new Look(SessionRows.find(sql, company, hash, oldest(now), begun(now)), now);
        });
    look.session()
        .filter(session -> session.seen().plus(NOTED).isBefore(look.now()))
        .ifPresent(session -> seen(session, look.now()));
    return look.session();
  }

  /** A database that takes nothing new must not keep people from looking. */
  private void seen(KeptSession session, Instant now) {
    try {
      database.run(sql -> SessionRows.seen(sql, session, now));
    } catch (DatabaseAway readOnly) {
      // Noted next time.
    }
  }

  private static SecurityContext context(Optional<KeptSession> session) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    session.ifPresent(kept ->
        context.setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(kept.person(), kept.company()), null, List.of())));
    return context;
  }

  private static SessionRows.From from(HttpServletRequest request) {
    String browser = request.getHeader("User-Agent");
    if (browser != null && browser.length() > LONGEST_BROWSER)
      browser = browser.substring(0, LONGEST_BROWSER);
    Object way = request.getAttribute(WAY);
    return new SessionRows.From(
        request.getRemoteAddr(), browser, way == null ? "password" : way.toString());
  }

  /** Pictures and style sheets ask nobody who is there. */
  private static final class Later implements DeferredSecurityContext {
    private final Supplier<Optional<KeptSession>> look;
    private @Nullable SecurityContext known;
    private boolean generated;

    Later(Supplier<Optional<KeptSession>> look) {
      this.look = look;
    }

    @Override
    public SecurityContext get() {
      SecurityContext context = known;
      if (context == null) {
        Optional<KeptSession> session = look.get();
        generated = session.isEmpty();
        context = context(session);
        known = context;
      }
      return context;
    }

    @Override
    public boolean isGenerated() {
      get();
      return generated;
    }
  }
}
