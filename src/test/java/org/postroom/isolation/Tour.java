package org.postroom.isolation;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person walks through everything the pages link to, and notes addresses and forms: a few of each
 * kind, the kind being the mapping and the names of what is asked.
 */
final class Tour {
  private static final int OF_A_KIND = 2;
  private final Visitor person;
  private final Mappings mappings;
  private final Map<String, List<String>> pages = new LinkedHashMap<>();
  private final Map<String, List<Form>> forms = new LinkedHashMap<>();
  private final Deque<String> ahead = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  Tour(Visitor person, Mappings mappings) {
    this.person = person;
    this.mappings = mappings;
  }

  /** From those addresses on, all of them, until nothing new is found. */
  Tour walk(Collection<String> from) {
    for (String address : from) if (seen.add(address)) ahead.add(address);
    while (!ahead.isEmpty()) visit(ahead.removeFirst());
    return this;
  }

  /** Addresses of pages by their mapping. */
  Map<String, List<String>> pages() {
    return pages;
  }

  /** Forms by the mapping they are sent to. */
  Map<String, List<Form>> forms() {
    return forms;
  }

  /** Links that led nowhere. */
  List<String> broken() {
    return broken;
  }

  private void visit(String address) {
    String mapping = mappings.of("GET", address).orElseThrow().toString();
    HttpResponse<String> reply;
    try {
      reply = person.get(address);
    } catch (UncheckedIOException brokenOff) {
      broken.add(mapping + " " + address + " → " + brokenOff.getCause());
      return;
    }
    if (reply.statusCode() >= 400) {
      broken.add(mapping + " " + address + " → " + reply.statusCode());
      return;
    }
    pages.computeIfAbsent(mapping, key -> new ArrayList<>()).add(address);
    reply.headers().firstValue("Location").ifPresent(next -> noteFrom(address, next));
    if (!reply.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) return;
    Document html = Jsoup.parse(reply.body());
    for (Element each : html.select("a[href], iframe[src], img[src], [hx-get]"))
      for (String name : List.of("href", "src", "hx-get"))
        if (each.hasAttr(name)) noteFrom(address, each.attr(name));
    for (Element each : html.select("form")) form(address, each);
  }

  private void form(String page, Element element) {
    String action = resolved(page, element.attr("action"));
    if (!element.attr("method").equalsIgnoreCase("post")) {
      String query = Form.of(element, action).encoded();
      note(action.replaceFirst("\\?.*", "") + "?" + query);
      return;
    }
    add(Form.of(element, action));
    for (Element button : element.select("[formaction]"))
      add(Form.of(element, resolved(page, button.attr("formaction"))));
  }

  private void add(Form form) {
    mappings
        .of("POST", form.action())
        .ifPresent(mapping -> {
          if (few("POST " + mapping + form.names()))
            forms.computeIfAbsent(mapping.toString(), key -> new ArrayList<>()).add(form);
        });
  }

  private void noteFrom(String page, String link) {
    if (!link.isEmpty()) note(resolved(page, link));
  }

  private void note(String address) {
    String plain = address.replaceFirst("#.*", "");
    if (!plain.startsWith("/") || plain.startsWith("/static/") || !seen.add(plain)) return;
    mappings
        .of("GET", plain)
        .filter(mapping -> !mapping.isApi() && few("GET " + mapping + asked(plain)))
        .ifPresent(mapping -> ahead.add(plain));
  }

  private boolean few(String kind) {
    return kinds.merge(kind, 1, Integer::sum) <= OF_A_KIND;
  }

  private static String asked(String address) {
    int question = address.indexOf('?');
    return question < 0 ? "" : address.substring(question).replaceAll("=[^&]*", "");
  }

  private static String resolved(String page, String link) {
    if (link.isEmpty()) return page;
    try {
      URI whole = URI.create("http://here" + page).resolve(link.replace(" ", "%20"));
      if (!"here".equals(whole.getHost())) return "";
      return whole.getRawPath() + (whole.getRawQuery() == null ? "" : "?" + whole.getRawQuery());
    } catch (IllegalArgumentException noAddress) {
      return "";
    }
  }
}
