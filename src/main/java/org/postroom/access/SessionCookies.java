package org.postroom.access;

import java.time.Duration;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.servlet.Session;

/** How the session's cookie is set: unreadable for scripts, not sent along from other sites. */
final class SessionCookies {
  private SessionCookies() {}

  static Session of(boolean secure) {
    var session = new Session();
    session.setTimeout(Duration.ofHours(10));
    session.getCookie().setName("postroom");
    session.getCookie().setHttpOnly(true);
    session.getCookie().setSameSite(Cookie.SameSite.LAX);
    session.getCookie().setSecure(secure);
    return session;
  }
}
