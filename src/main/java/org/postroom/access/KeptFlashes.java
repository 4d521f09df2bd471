package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Requests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a page says once after a form was sent ("Saved."), kept with the session: the next page may
 * come from another node. Somebody who is not signed in is told nothing this way.
 */
@Component("flashMapManager") // the name Spring MVC asks for
class KeptFlashes extends AbstractFlashMapManager {
  private static final Logger LOG = LoggerFactory.getLogger(KeptFlashes.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CHARACTERS = 200_000;
  private final KeptSessions sessions;

  KeptFlashes(KeptSessions sessions) {
    this.sessions = sessions;
  }

  private record Kept(@Nullable String path, long ends, Map<String, Object> values) {}

  private record All(List<Kept> all) {}

  @Override
  protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
    return session(request).map(KeptSession::flash).map(KeptFlashes::read).orElse(null);
  }

  @Override
  protected void updateFlashMaps(
      List<FlashMap> flashes, HttpServletRequest request, HttpServletResponse response) {
    session(request).ifPresent(session -> sessions.flash(request, session, written(flashes)));
  }

  private Optional<KeptSession> session(HttpServletRequest request) {
    boolean nobodyAsks = Requests.isApi(request) || request.getRequestURI().startsWith("/static/");
    return nobodyAsks ? Optional.empty() : sessions.of(request);
  }

  private static @Nullable String written(List<FlashMap> flashes) {
    if (flashes.isEmpty()) return null;
    List<Kept> all =
        flashes.stream()
            .map(one ->
                new Kept(
                    one.getTargetRequestPath(), one.getExpirationTime(), new LinkedHashMap<>(one)))
            .toList();
    String text = JSON.writeValueAsString(new All(all));
    return text.length() > MOST_CHARACTERS ? null : text;
  }

  private static List<FlashMap> read(String text) {
    try {
      List<FlashMap> flashes = new ArrayList<>(); // Spring adds to it
      JSON.readValue(text, All.class).all().forEach(kept -> flashes.add(flash(kept)));
      return flashes;
    } catch (JacksonException anotherVersions) {
      LOG.debug("Not read: {}", anotherVersions.toString());
      return new ArrayList<>();
    }
  }

  private static FlashMap flash(Kept kept) {
    var flash = new FlashMap();
    flash.putAll(kept.values());
    flash.setTargetRequestPath(kept.path());
    flash.setExpirationTime(kept.ends());
    return flash;
  }
}
