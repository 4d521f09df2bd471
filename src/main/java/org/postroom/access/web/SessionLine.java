package org.postroom.access.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Sessions;

/** One place where somebody is signed in, in words. */
record SessionLine(
    String id,
    String company,
    String browser,
    @Nullable String address,
    String way,
    Instant began,
    Instant seen,
    boolean current) {

  static List<SessionLine> of(List<Sessions.Open> sessions) {
    return sessions.stream().map(SessionLine::of).toList();
  }

  private static SessionLine of(Sessions.Open open) {
    return new SessionLine(
        open.id(),
        open.companyName(),
        browser(open.browser()),
        open.address(),
        switch (open.way()) {
          case "openid" -> "with your provider";
          case "link" -> "by a link";
          default -> "with a password";
        },
        open.began(),
        open.seen(),
        open.current());
  }

  /** What the browser calls itself is a riddle; a guess that helps people recognise it. */
  static String browser(@Nullable String agent) {
    if (agent == null || agent.isBlank()) return "Unknown program";
    String name =
        first(agent, "Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome");
    if (name == null) name = agent.contains("Safari/") ? "Safari" : "Another program";
    String system =
        first(
            agent,
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Android",
            "Android",
            "Windows",
            "Windows",
            "Mac OS X",
            "Mac",
            "Linux",
            "Linux");
    return system == null ? name : name + " on " + system;
  }

  /** Pairs of what to look for and what it means; the first found wins. */
  private static @Nullable String first(String agent, String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) if (agent.contains(pairs[i])) return pairs[i + 1];
    return null;
  }
}
