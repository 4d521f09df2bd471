package org.postroom.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postroom.isolation.Mappings.Mapping;

/**
 * Requests to what no page of the tour led to: the address filled with the things that stand in
 * addresses of the same resource, the form with every parameter that is asked for.
 */
final class Probes {
  private static final Pattern VARIABLE =
      Pattern.compile("\\{([a-z]+)(?::[^{}]*(?:\\{[^}]*})?[^{}]*)?}");
  private final Map<String, Set<String>> values = new TreeMap<>();
  private final Map<String, Set<String>> ids;

  Probes(Mappings mappings, Tour tour, Map<String, Set<String>> ids) {
    this.ids = ids;
    tour.pages().values().forEach(all -> all.forEach(each -> learn(mappings, "GET", each)));
    tour.forms()
        .values()
        .forEach(all -> all.forEach(each -> learn(mappings, "POST", each.action())));
  }

  List<Form> forms(Mapping mapping) {
    List<Form> all = new ArrayList<>();
    for (String address : addresses(mapping)) {
      Form form = new Form(address, mapping.multipart());
      for (String name : mapping.parameters()) form = form.with(name, value(name));
      all.add(form);
    }
    return all;
  }

  /** Every address the known things make, a few of each kind. */
  List<String> addresses(Mapping mapping) {
    String pattern = mapping.pattern().getPatternString();
    List<String> made = List.of(pattern.replace("/**", "/x"));
    var variables = VARIABLE.matcher(pattern).results().toList();
    for (var variable : variables) {
      List<String> next = new ArrayList<>();
      for (String address : made)
        for (String value : known(pattern, variable.group(1)))
          next.add(address.replace(variable.group(), value));
      made = next;
    }
    return made.stream().filter(each -> !each.contains("{")).limit(30).toList();
  }

  private Set<String> known(String pattern, String variable) {
    Set<String> own = values.get(resource(pattern) + " " + variable);
    if (own != null) return own;
    if (Set.of("number", "place", "position", "version").contains(variable))
      return Set.of("0", "1");
    if (variable.equals("event")) return ids.get("evt");
    Set<String> any = new TreeSet<>();
    ids.values().forEach(each -> any.add(each.iterator().next()));
    return any;
  }

  private void learn(Mappings mappings, String method, String address) {
    mappings
        .of(method, address)
        .ifPresent(mapping -> {
          var path =
              org.springframework.http.server.PathContainer.parsePath(
                  address.replaceFirst("[?#].*", ""));
          var found = mapping.pattern().matchAndExtract(path);
          if (found == null) return;
          String resource = resource(mapping.pattern().getPatternString());
          found
              .getUriVariables()
              .forEach((name, value) ->
                  values
                      .computeIfAbsent(resource + " " + name, key -> new TreeSet<>())
                      .add(value.replace(" ", "%20")));
        });
  }

  /** An id for whatever is named like one, a small number for everything else. */
  private String value(String name) {
    Set<String> known = ids.get(name.length() < 3 ? "msg" : name.substring(0, 3));
    return known == null ? "1" : known.iterator().next();
  }

  private static String resource(String pattern) {
    int variable = pattern.indexOf('{');
    return variable < 0 ? pattern : pattern.substring(0, variable);
  }
}
