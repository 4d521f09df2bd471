package org.postroom.templates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.templates.Template.Level;

/**
 * Which template a mail gets, and why. The reader's language counts first, then the company's, then
 * English; in each the company's own text goes before the built-in one.
 */
record Choice(Template template, String reason) {
  private static final String ENGLISH = "en";

  static Choice of(Sql sql, Wish wish, Locale company) {
    String named = wish.template();
    if (named != null) return named(sql, wish, named);
    return languages(wish.language(), company).stream()
        .flatMap(language -> in(sql, wish, language).stream())
        .findFirst()
        .map(template ->
            new Choice(template, words(template) + instead(template, wish.language()) + "."))
        .orElseThrow(() ->
            Problem.invalid(
                "/purpose", "unknown", "There is no text for " + quoted(wish.purpose()) + "."));
  }

  /** The template of that id, where the reader may use it for this purpose. */
  private static Choice named(Sql sql, Wish wish, String id) {
    Template template =
        find(sql, wish.company(), id)
            .filter(found -> found.isFor(wish.reader()))
            .filter(found -> found.purpose().equals(wish.purpose()))
            .orElseThrow(() ->
                Problem.invalid(
                    "/template",
                    "unknown",
                    "There is no template " + quoted(id) + " for this purpose."));
    return new Choice(template, words(template) + ", as chosen.");
  }

  static Optional<Template> find(Sql sql, String company, String id) {
    return id.startsWith(BuiltIn.START)
        ? BuiltIn.find(company, id)
        : TemplateRows.find(sql, company, id);
  }

  private static Optional<Template> in(Sql sql, Wish wish, String language) {
    return TemplateRows.defaultOf(sql, wish.company(), wish.purpose(), language)
        .or(() -> BuiltIn.of(wish.company(), wish.purpose(), language));
  }

  private static Set<String> languages(Locale reader, Locale company) {
    return new LinkedHashSet<>(List.of(reader.getLanguage(), company.getLanguage(), ENGLISH));
  }

  private static String words(Template template) {
    String language = name(Locale.of(template.language()));
    if (template.level() == Level.BUILT_IN)
      return "Built-in text for " + BuiltIn.name(template.purpose()) + " in " + language;
    String whose = template.level() == Level.PERSONAL ? "Personal template “" : "Template “";
    return whose + template.name() + "” in " + language;
  }

  private static String instead(Template template, Locale wanted) {
    boolean asWanted = template.language().equals(wanted.getLanguage());
    return asWanted ? "" : ", as there is none in " + name(wanted);
  }

  static String name(Locale language) {
    String name = language.getDisplayLanguage(Locale.ENGLISH);
    return name.isEmpty() ? "the reader's language" : name;
  }

  private static String quoted(@Nullable String word) {
    return "\"" + MailLayout.oneLine(String.valueOf(word)) + "\"";
  }
}
