package org.postroom.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Banner;
import org.postroom.http.Moments;
import org.postroom.http.Navigation;
import org.postroom.http.Requests;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every page what its frame shows: {@code shell} with company, person, menu and banners. */
final class PageModel extends OncePerRequestFilter {
  /**
   * Pages that open only with one of these rights, by their names: others are not shown them. The
   * page itself refuses too.
   */
  private static final Map<String, Set<String>> CLOSED =
      Map.of(
          "/send", Set.of("SEND"),
          "/templates", Set.of("SEND", "MANAGE_TEMPLATES"),
          "/caught", Set.of("SEE_ALL_MAIL"),
          "/people", Set.of("MANAGE_PEOPLE"),
          "/audit", Set.of("MANAGE_PEOPLE"),
          "/api-keys", Set.of("MANAGE_KEYS"),
          "/smtp-programs", Set.of("MANAGE_KEYS"),
          "/webhooks", Set.of("MANAGE_WEBHOOKS"),
          "/system/backups", Set.of("MANAGE_PEOPLE"),
          "/system/retention", Set.of("MANAGE_PEOPLE"));

  private final Callers callers;
  private final Access access;
  private final Navigation navigation;
  private final List<Banner> banners;
  private final People people;

  PageModel(
      Callers callers, Access access, People people, Navigation navigation, List<Banner> banners) {
    this.callers = callers;
    this.access = access;
    this.people = people;
    this.navigation = navigation;
    this.banners = List.copyOf(banners);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Requests.isApi(request) || request.getRequestURI().startsWith("/static/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // An attribute and not the model: error pages of failed requests have a frame too.
    request.setAttribute("shell", new Shell(request.getRequestURI(), () -> frame(request)));
    chain.doFilter(request, response);
  }

  private Frame frame(HttpServletRequest request) {
    Optional<Caller> caller = callers.of(request);
    if (caller.isEmpty()) return new Frame(null, null, List.of(), List.of(), List.of());
    String company = caller.get().company();
    return new Frame(
        caller.get(),
        access.company(company),
        people.workplaces(caller.get()),
        navigation.entries(company, caller.get().id(), request.getRequestURI()).stream()
            .filter(entry -> opens(caller.get(), entry.path()))
            .toList(),
        banners.stream()
            .flatMap(banner -> banner.notices(company, caller.get().id()).stream())
            .toList());
  }

  private static boolean opens(Caller caller, String path) {
    Set<String> keys = CLOSED.get(path);
    return keys == null || caller.rights().stream().anyMatch(right -> keys.contains(right.name()));
  }

  /** Nulls on pages without a menu: signing in, set-up. */
  record Frame(
      @Nullable Caller caller,
      @Nullable Company company,
      List<People.Workplace> workplaces,
      List<Navigation.Entry> menu,
      List<Banner.Notice> notices) {}

  /** What templates see; looked up only when a page is really drawn. */
  static final class Shell {
    private final String path;
    private final Supplier<Frame> frame;
    private @Nullable Frame found;

    Shell(String path, Supplier<Frame> frame) {
      this.path = path;
      this.frame = frame;
    }

    public String getPath() {
      return path;
    }

    public @Nullable Caller getCaller() {
      return frame().caller();
    }

    public @Nullable Company getCompany() {
      return frame().company();
    }

    /** Where the person may go on working instead; one's own company among them. */
    public List<People.Workplace> getWorkplaces() {
      return frame().workplaces();
    }

    public List<Navigation.Entry> getMenu() {
      return frame().menu();
    }

    public List<Banner.Notice> getNotices() {
      return frame().notices();
    }

    /** "Today, 11:26" in the company's zone. */
    public String when(Instant moment) {
      return Moments.words(moment, zone(), Instant.now());
    }

    /** The whole truth about a moment, for its tooltip. */
    public String exactly(Instant moment) {
      return Moments.exact(moment, zone());
    }

    private ZoneId zone() {
      Company company = frame().company();
      return company == null ? ZoneOffset.UTC : company.timeZone();
    }

    private Frame frame() {
      Frame known = found;
      if (known == null) {
        known = frame.get();
        found = known;
      }
      return known;
    }
  }
}
