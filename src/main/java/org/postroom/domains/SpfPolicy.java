package org.postroom.domains;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One SPF record, read (RFC 7208, section 4.6).
 *
 * @param redirect where to go on; null where there is none or an {@code all} makes it idle
 * @param wrong the first word that is none of SPF's
 */
record SpfPolicy(String text, List<Term> terms, @Nullable String redirect, @Nullable String wrong) {
  private static final Pattern MECHANISM =
      Pattern.compile(
          "([-+~?])?(all|include|a|mx|ptr|ip4|ip6|exists)(?::((?:%\\{[^}\\s]*}|[^/\\s])+))?"
              + "((?:/\\d{1,3})?(?://\\d{1,3})?)",
          Pattern.CASE_INSENSITIVE);

  SpfPolicy {
    terms = List.copyOf(terms);
  }

  /**
   * A mechanism.
   *
   * @param value the domain, address or network; empty where it is left out
   * @param bits4 length of the IPv4 network
   */
  record Term(char qualifier, String name, String value, int bits4, int bits6) {
    boolean asks() {
      return switch (name) {
        case "include", "a", "mx", "ptr", "exists" -> true;
        default -> false;
      };
    }
  }

  static boolean isOne(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("v=spf1") || lower.startsWith("v=spf1 ");
  }

  static SpfPolicy read(String text) {
    List<Term> terms = new ArrayList<>();
    String redirect = null;
    String wrong = null;
    for (String word : text.strip().split(" +")) {
      if (word.equalsIgnoreCase("v=spf1")) continue;
      Matcher mechanism = MECHANISM.matcher(word);
      if (mechanism.matches()) terms.add(term(mechanism));
      else if (word.toLowerCase(Locale.ROOT).startsWith("redirect=")) redirect = word.substring(9);
      else if (!word.matches("[A-Za-z][A-Za-z0-9._-]*=.*") && wrong == null) wrong = word;
    }
    boolean idle = terms.stream().anyMatch(term -> term.name().equals("all"));
    return new SpfPolicy(text, terms, idle ? null : redirect, wrong);
  }

  /** The qualifier of {@code all}; null where there is none. */
  @Nullable Character end() {
    return terms.stream()
        .filter(term -> term.name().equals("all"))
        .findFirst()
        .map(Term::qualifier)
        .orElse(null);
  }

  /** The record with one more sender allowed. */
  String including(String domain) {
    String include = "include:" + domain;
    Matcher all = Pattern.compile("(?i)(^| )[-+~?]?all( |$)|(?i)(^| )redirect=").matcher(text);
    return all.find()
        ? text.substring(0, all.start()) + " " + include + text.substring(all.start())
        : text.strip() + " " + include + " ~all";
  }

  /** The record with another end. */
  String endingSoftly() {
    String without = text.replaceAll("(?i)(^| )[-+~?]?all(?= |$)", "").strip();
    return without + " ~all";
  }

  private static Term term(Matcher mechanism) {
    String name = mechanism.group(2).toLowerCase(Locale.ROOT);
    String value = mechanism.group(3) == null ? "" : mechanism.group(3);
    String lengths = mechanism.group(4);
    Matcher both = Pattern.compile("(?:/(\\d+))?(?://(\\d+))?").matcher(lengths);
    boolean any = both.matches();
    int first = any && both.group(1) != null ? Integer.parseInt(both.group(1)) : -1;
    int second = any && both.group(2) != null ? Integer.parseInt(both.group(2)) : -1;
    int six = name.equals("ip6") ? first : second;
    char qualifier = mechanism.group(1) == null ? '+' : mechanism.group(1).charAt(0);
    return new Term(qualifier, name, value, first < 0 ? 32 : first, six < 0 ? 128 : six);
  }
}
