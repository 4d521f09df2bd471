package org.postroom.compose.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.compose.Download;
import org.postroom.compose.DownloadWords;
import org.postroom.compose.Downloads;
import org.postroom.http.Problem;
import org.postroom.http.RequestPace;
import org.postroom.http.Untrusted;
import org.postroom.mail.Attachment;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page behind a link to files, for whoever has the link: no account, no script, no trace. */
@Controller
class FilesPage {
  private static final int MOST_A_MINUTE = 60;
  private final RequestPace pace = new RequestPace(MOST_A_MINUTE);
  private final Downloads downloads;
  private final Access access;

  FilesPage(Downloads downloads, Access access) {
    this.downloads = downloads;
    this.access = access;
  }

  /** One line of the page. */
  record Line(int position, String filename, String size) {}

  @GetMapping("/files/{token}")
  String page(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    hide(response);
    Optional<Download> found = allowed(request) ? downloads.find(token) : Optional.empty();
    if (found.isEmpty()) return nothing(request, response, model);
    Download download = found.get();
    DownloadWords say = DownloadWords.in(download.language());
    Company company = access.company(download.company());
    if (download.state() != Download.State.OPEN) response.setStatus(410);
    model.addAttribute("language", say.language());
    model.addAttribute("title", say.say("page.title", company.name()));
    model.addAttribute("said", sentence(download, company, say));
    model.addAttribute("fetch", say.say("page.download"));
    model.addAttribute("token", token);
    model.addAttribute("files", lines(download, say));
    return "compose/files";
  }

  @GetMapping("/files/{token}/{position:[0-9]{1,3}}")
  ResponseEntity<byte[]> file(
      @PathVariable String token,
      @PathVariable int position,
      HttpServletRequest request,
      HttpServletResponse response) {
    hide(response);
    if (!allowed(request)) throw Problem.of(429, "too_many", "Please try again in a minute.");
    Download download = downloads.find(token).orElseThrow(() -> Problem.notFound("This file"));
    Attachment file = downloads.fetch(download, position);
    return Untrusted.download(file.filename(), file.content());
  }

  private static String sentence(Download download, Company company, DownloadWords say) {
    return switch (download.state()) {
      case OPEN -> say.say("page.until", say.day(download.until(), company.timeZone()));
      case EXPIRED -> say.say("page.expired", company.name());
      case WITHDRAWN -> say.say("page.withdrawn", company.name());
    };
  }

  private static List<Line> lines(Download download, DownloadWords say) {
    if (download.state() != Download.State.OPEN) return List.of();
    return download.files().stream()
        .map(file -> new Line(file.position(), file.filename(), say.size(file.size())))
        .toList();
  }

  /** Nobody learns whether a link ever existed. */
  private static String nothing(
      HttpServletRequest request, HttpServletResponse response, Model model) {
    boolean busy = request.getAttribute("busy") != null;
    Locale asked = request.getLocale();
    DownloadWords say = DownloadWords.in(asked == null ? Locale.ENGLISH : asked);
    response.setStatus(busy ? 429 : 404);
    if (busy) response.setHeader("Retry-After", "60");
    model.addAttribute("language", say.language());
    model.addAttribute("title", say.say("page.unknown.title"));
    model.addAttribute("said", say.say(busy ? "page.busy" : "page.unknown"));
    model.addAttribute("files", List.of());
    return "compose/files";
  }

  private boolean allowed(HttpServletRequest request) {
    boolean allowed = pace.allows(request.getRemoteAddr(), Instant.now());
    if (!allowed) request.setAttribute("busy", true);
    return allowed;
  }

  /** Neither search engines nor the next page learn the link. */
  private static void hide(HttpServletResponse response) {
    response.setHeader("X-Robots-Tag", "noindex, nofollow");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "private, no-store");
  }
}
