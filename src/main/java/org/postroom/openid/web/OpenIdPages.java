package org.postroom.openid.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Sessions;
import org.postroom.http.Problem;
import org.postroom.openid.BadAnswer;
import org.postroom.openid.OpenId;
import org.postroom.openid.ProviderAway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** To the provider and back. Why somebody did not get in stands in the log. */
@Controller
class OpenIdPages {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdPages.class);
  private static final String COOKIE = "postroom-openid";
  private static final int SECONDS = 600;

  private final ObjectProvider<OpenId> openId;
  private final Sessions sessions;

  OpenIdPages(ObjectProvider<OpenId> openId, Sessions sessions) {
    this.openId = openId;
    this.sessions = sessions;
  }

  @GetMapping("/sign-in/openid")
  String leave(HttpServletRequest request, HttpServletResponse response) {
    try {
      OpenId.Begun begun = provider().begin(here());
      keep(request, response, begun.kept(), SECONDS);
      return "redirect:" + begun.leave();
    } catch (ProviderAway away) {
      return away(away);
    }
  }

  @GetMapping("/sign-in/openid/callback")
  String back(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(required = false) @Nullable String iss,
      HttpServletRequest request,
      HttpServletResponse response) {
    String kept = kept(request);
    keep(request, response, "", 0); // good for one answer
    try {
      var back = new OpenId.Back(state, code, error, iss);
      Optional<String> person = provider().finish(back, kept, here());
      if (person.isEmpty()) return "redirect:/sign-in?openid_refused";
      sessions.begin(person.get(), null, "openid", request, response);
      return "redirect:" + sessions.goesOn(request, response);
    } catch (ProviderAway away) {
      return away(away);
    } catch (BadAnswer bad) {
      LOG.warn("A sign-in with the OpenID provider was refused: {}", bad.getMessage());
      return "redirect:/sign-in?openid_failed";
    } catch (Problem nobody) {
      if (nobody.status() != 403 && nobody.status() != 404) throw nobody;
      LOG.warn("A sign-in with the OpenID provider was refused: {}", nobody.detail());
      return "redirect:/sign-in?openid_unknown";
    }
  }

  private OpenId provider() {
    OpenId there = openId.getIfAvailable();
    if (there == null) throw Problem.notFound("A sign-in with a provider");
    return there;
  }

  private static String away(ProviderAway away) {
    LOG.warn("The OpenID provider does not answer as it should: {}", away.getMessage());
    return "redirect:/sign-in?openid_away";
  }

  private static @Nullable String kept(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) return null;
    for (Cookie cookie : cookies) if (cookie.getName().equals(COOKIE)) return cookie.getValue();
    return null;
  }

  /** Lax: the provider sends the browser back from another site. */
  private void keep(
      HttpServletRequest request, HttpServletResponse response, String value, int seconds) {
    var cookie = new Cookie(COOKIE, value);
    cookie.setPath("/sign-in");
    cookie.setHttpOnly(true);
    cookie.setSecure(sessions.byHttps(request));
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(seconds);
    response.addCookie(cookie);
  }

  private static String here() {
    return ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
  }
}
