package org.postroom.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.postroom.db.Settings;
import org.springframework.boot.web.server.Cookie.SameSite;

/** How our cookies are set: unreadable for scripts, not sent along from other sites. */
final class SessionCookies {
  /** Who is signed in: the company and the session's id. */
  static final String SIGNED_IN = "postroom";

  /** The token of forms that are shown to somebody who is not signed in. */
  static final String FORM = "postroom-form";

  private SessionCookies() {}

  /** By a proxy in front of us, as a rule: our own port speaks plain HTTP. */
  static boolean reachedByHttps(Settings settings) {
    return settings
        .get(Settings.Name.POSTROOM_PUBLIC_URL)
        .filter(url -> url.startsWith("https:"))
        .isPresent();
  }

  static Optional<String> read(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) return Optional.empty();
    for (Cookie cookie : cookies)
      if (cookie.getName().equals(name) && !cookie.getValue().isEmpty())
        return Optional.of(cookie.getValue());
    return Optional.empty();
  }

  /** Until the browser is closed; an empty value takes it away. */
  static void write(HttpServletResponse response, String name, String value, boolean secure) {
    var cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setAttribute("SameSite", SameSite.LAX.attributeValue());
    if (value.isEmpty()) cookie.setMaxAge(0);
    response.addCookie(cookie);
  }
}
