package org.postroom.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The menu: one list of all pages, of which those are shown that the running product has. */
@Component
public class Navigation {
  private static final List<Page> PAGES =
      List.of(
          new Page("/", "Dashboard", false),
          new Page("/notifications", "Notifications", false),
          new Page("/send", "Send a document", false),
          new Page("/documents", "Documents", false),
          new Page("/partners", "Partners", false),
          new Page("/outbox", "Outbox", false),
          new Page("/automatic", "Automatic emails", false),
          new Page("/reminders", "Reminders", false),
          new Page("/statements", "Statements", false),
          new Page("/templates", "Templates", false),
          new Page("/layouts", "Layouts", false),
          new Page("/rules", "Rules", false),
          new Page("/payments", "Payments", false),
          new Page("/blocked", "Blocked addresses", false),
          new Page("/caught", "Caught mail", false),
          new Page("/accounts", "Email accounts", true),
          new Page("/recipient-orders", "Who gets what", true),
          new Page("/defaults", "Default documents", true),
          new Page("/company", "Company and branding", true),
          new Page("/people", "People", true),
          new Page("/audit", "Who changed what", true),
          new Page("/api-keys", "API keys", true),
          new Page("/smtp-programs", "SMTP programs", true),
          new Page("/webhooks", "Webhooks", true),
          new Page("/system", "System", true),
          new Page("/system/backups", "Backups", true),
          new Page("/system/retention", "Retention and privacy", true),
          new Page("/system/work", "What runs by itself", true),
          new Page("/system/test-mode", "Test mode", true));

  private final ObjectProvider<RequestMappingHandlerMapping> mappings;
  private final Map<String, NavigationCount> counts;

  Navigation(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mappings,
      List<NavigationCount> counts) {
    this.mappings = mappings;
    this.counts =
        counts.stream().collect(Collectors.toMap(NavigationCount::path, Function.identity()));
  }

  private record Page(String path, String words, boolean setting) {}

  /**
   * One line of the menu.
   *
   * @param setting under the heading "Settings"
   * @param current the page being shown, or one below it
   * @param means what the count counts, such as "need attention"
   */
  public record Entry(
      String path, String words, boolean setting, boolean current, long count, String means) {
    /** The count as it stands in the menu, where there is room for three digits. */
    public String number() {
      return count > 999 ? "999+" : Long.toString(count);
    }
  }

  /** The menu on a page of that path, for one reader. */
  public List<Entry> entries(String company, String person, String path) {
    Set<String> mapped = mapped();
    return PAGES.stream()
        .filter(page -> mapped.contains(page.path()))
        .filter(page -> !isWithin(page.path(), mapped))
        .map(page ->
            new Entry(
                page.path(),
                page.words(),
                page.setting(),
                isCurrent(page.path(), path),
                count(page.path(), company, person),
                means(page.path())))
        .toList();
  }

  /** A page of the system is reached from that of the whole, where there is one. */
  private static boolean isWithin(String path, Set<String> mapped) {
    return path.startsWith("/system/") && mapped.contains("/system");
  }

  private long count(String path, String company, String person) {
    NavigationCount count = counts.get(path);
    return count == null ? 0 : count.count(company, person);
  }

  private String means(String path) {
    NavigationCount count = counts.get(path);
    return count == null ? "" : count.means();
  }

  private Set<String> mapped() {
    return mappings.getObject().getHandlerMethods().keySet().stream()
        .flatMap(mapping -> mapping.getPatternValues().stream())
        .collect(Collectors.toSet());
  }

  private static boolean isCurrent(String entry, String path) {
    if (entry.equals("/outbox") && path.startsWith("/messages/")) return true;
    return path.equals(entry) || (!entry.equals("/") && path.startsWith(entry + "/"));
  }
}
