package org.postroom.access.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.postroom.access.NewPerson;
import org.postroom.db.Settings;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has been given so far in the set-up, the password only as its hash.
 *
 * @param code the right one, from the log
 */
record SetupDraft(@Nullable String code, @Nullable NewPerson administrator) {
  private static final SetupDraft EMPTY = new SetupDraft(null, null);

  /** Keeps it in the browser, sealed: the next request may come to another node. */
  @Component
  static class InCookie {
    private static final String NAME = "postroom-setup";
    private static final String PLACE = Secrets.place("setup", "all", "draft", "cookie");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Secrets secrets;
    private final boolean https;

    InCookie(Secrets secrets, Settings settings) {
      this.secrets = secrets;
      this.https =
          settings
              .get(Settings.Name.POSTROOM_PUBLIC_URL)
              .filter(url -> url.startsWith("https:"))
              .isPresent();
    }

    SetupDraft read(HttpServletRequest request) {
      Cookie cookie = WebUtils.getCookie(request, NAME);
      if (cookie == null) return EMPTY;
      try {
        return JSON.readValue(secrets.open(PLACE, cookie.getValue()), SetupDraft.class);
      } catch (CannotOpen | JacksonException notOurs) {
        return EMPTY;
      }
    }

    void write(HttpServletResponse response, SetupDraft draft) {
      send(response, secrets.seal(PLACE, JSON.writeValueAsString(draft)), -1);
    }

    void forget(HttpServletResponse response) {
      send(response, "", 0);
    }

    private void send(HttpServletResponse response, String value, int age) {
      var cookie = new Cookie(NAME, value);
      cookie.setPath("/setup");
      cookie.setHttpOnly(true);
      cookie.setSecure(https);
      cookie.setAttribute("SameSite", "Lax");
      cookie.setMaxAge(age);
      response.addCookie(cookie);
    }
  }
}
