package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/**
 * What forms must send along, so that no other site can send them: the session's own token, and for
 * somebody who is not signed in one that only a cookie of ours holds. Every node knows either.
 */
@Component
class FormTokens implements CsrfTokenRepository {
  private final KeptSessions sessions;

  FormTokens(KeptSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    return token(Token.next());
  }

  /** A session's token is as old as the session. */
  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token != null && sessions.of(request).isPresent()) return;
    if (token == null && SessionCookies.read(request, SessionCookies.FORM).isEmpty()) return;
    String value = token == null ? "" : token.getToken();
    SessionCookies.write(response, SessionCookies.FORM, value, sessions.secure(request));
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    Optional<KeptSession> session = sessions.of(request);
    if (session.isPresent()) return token(session.get().formToken());
    return SessionCookies.read(request, SessionCookies.FORM)
        .filter(value -> value.matches("[A-Za-z0-9_-]{20,100}"))
        .map(FormTokens::token)
        .orElse(null);
  }

  private static CsrfToken token(String value) {
    return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", value);
  }
}
