package org.postroom.templates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.text.BadText;
import org.postroom.text.Plain;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * The texts of mails: subject, HTML and plain text for each purpose; the company's, each person's
 * own, and those built in.
 */
@Service
public class Templates {
  private static final int MOST_CHOICES = 500;
  private static final int MOST_READ = 500;

  private final Database database;
  private final Function<String, Locale> companyLanguage;
  private final Map<String, Compiled> read = Collections.synchronizedMap(new Read());

  @Autowired
  Templates(Database database, Access access) {
    this(database, company -> access.company(company).language());
  }

  Templates(Database database, Function<String, Locale> companyLanguage) {
    this.database = database;
    this.companyLanguage = companyLanguage;
  }

  /** Compiled versions, the latest used. */
  private static final class Read extends LinkedHashMap<String, Compiled> {
    Read() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
      return size() > MOST_READ;
    }
  }

  /**
   * The text for a purpose, filled in: of the template that is named, otherwise the one in use in
   * the reader's language, the company's, or English.
   *
   * @throws Problem 422 at {@code /template} when there is no such template for this purpose and
   *     reader, or it cannot be filled in; at {@code /purpose} when there is no such purpose
   */
  public Content render(Wish wish) {
    Choice choice =
        database.read(sql -> Choice.of(sql, wish, companyLanguage.apply(wish.company())));
    return content(choice.template(), choice.reason(), wish.language(), wish.model());
  }

  /** A template filled in that need not be stored: what {@link #render} would make of it. */
  public Content render(Template template, Locale language, Map<String, Object> model) {
    return content(template, "Preview", language, model);
  }

  /**
   * Every template that somebody may choose for a purpose: the one in use first, then the
   * company's, the reader's own, and the built-in ones.
   *
   * @param reader id of a person, null: nobody in particular, such as automatic mail
   */
  public List<Template> choices(String company, @Nullable String reader, String purpose) {
    var filter = new TemplateFilter(purpose, null, null, null);
    List<Template> stored =
        database.read(sql -> TemplateRows.list(sql, company, reader, filter, MOST_CHOICES));
    List<Template> choices = new ArrayList<>();
    stored.stream().filter(Template::isDefault).forEach(choices::add);
    stored.stream().filter(each -> each.owner() == null && !each.isDefault()).forEach(choices::add);
    stored.stream().filter(each -> each.owner() != null).forEach(choices::add);
    languages().forEach(word -> BuiltIn.of(company, purpose, word).ifPresent(choices::add));
    return choices;
  }

  /** The template of that id where it exists for the reader; built-in ones as well. */
  public Optional<Template> find(String company, String id, @Nullable String reader) {
    return database.read(sql -> Choice.find(sql, company, id)).filter(each -> each.isFor(reader));
  }

  /** The template, where the caller may know of it; 404 otherwise. */
  public Template get(Caller caller, String id) {
    requireReading(caller);
    return find(caller.company(), id, person(caller))
        .orElseThrow(() -> Problem.notFound("Template “" + id + "”"));
  }

  /** The company's and the caller's own, in the order they were made. */
  public Slice<Template> list(Caller caller, TemplateFilter filter, int limit) {
    requireReading(caller);
    List<Template> oneMore =
        database.read(
            sql -> TemplateRows.list(sql, caller.company(), person(caller), filter, limit + 1));
    return Slice.of(oneMore, limit, Template::id);
  }

  /**
   * The same text for readers of another language: the template of the same purpose, owner and name
   * in it; the template itself where there is none. For places that name one template for
   * everybody, such as a document kind or a rule.
   */
  public Template translated(Template template, Locale language) {
    if (template.language().equals(language.getLanguage())) return template;
    return choices(template.company(), template.owner(), template.purpose()).stream()
        .filter(each -> each.level() == template.level())
        .filter(each -> each.name().equals(template.name()))
        .filter(each -> each.language().equals(language.getLanguage()))
        .findFirst()
        .orElse(template);
  }

  /** Who gets copies of mails with this template; nobody where it is built in or gone. */
  public Copies copies(String company, String id) {
    return database
        .read(sql -> Choice.find(sql, company, id))
        .map(Template::copies)
        .orElse(Copies.NONE);
  }

  /** The built-in text, for starting from it; empty where there is none in that language. */
  public Optional<Template> builtIn(String company, String purpose, String language) {
    return BuiltIn.of(company, purpose, language);
  }

  /** The same words as HTML of one's own, to go on from; amounts and buttons are left behind. */
  public static Body.Html asHtml(Body.Simple simple) {
    return MailLayout.html(simple);
  }

  /** The languages with built-in words. */
  public List<String> languages() {
    return Stream.of("en", "de").filter(word -> Words.of(word).isPresent()).toList();
  }

  /** The words of all purposes, as people read them through a business's year. */
  public List<String> purposes() {
    return BuiltIn.PURPOSES;
  }

  /** Whether there are mails of that purpose. */
  public boolean isPurpose(String word) {
    return BuiltIn.of("", word, "en").isPresent();
  }

  /** What a purpose is called in sentences, such as "invoices". */
  public String name(String purpose) {
    return BuiltIn.name(purpose);
  }

  /** Whose own templates count for this caller; null for keys and Postroom itself. */
  public static @Nullable String person(Caller caller) {
    return caller.kind() == Caller.Kind.PERSON ? caller.id() : null;
  }

  static void requireReading(Caller caller) {
    if (!caller.may(Right.MANAGE_TEMPLATES)) caller.require(Right.SEND);
  }

  private Content content(
      Template template, String reason, Locale language, Map<String, Object> model) {
    try {
      MailLayout.Mail mail =
          MailLayout.write(
              template.purpose(),
              compiled(template),
              new Filler(Plain.of(model), locale(template, language)));
      return new Content(
          mail.subject(),
          mail.html(),
          mail.text(),
          template.id(),
          reason,
          template.copies(),
          mail.missing());
    } catch (BadText wrong) {
      throw Problem.invalid(
          "/template",
          "cannot_render",
          "The template “" + template.name() + "” cannot be filled in. " + wrong.getMessage());
    }
  }

  private Compiled compiled(Template template) {
    if (template.level() == Template.Level.BUILT_IN) return BuiltIn.compiled(template);
    if (template.version() == 0) return Compiled.of(template.body());
    String key = template.company() + "/" + template.id() + "/" + template.version();
    return read.computeIfAbsent(key, any -> Compiled.of(template.body()));
  }

  /** Figures follow the reader's country where the words are in the reader's language. */
  private static Locale locale(Template template, Locale language) {
    boolean same = template.language().equals(language.getLanguage());
    return same ? language : Locale.of(template.language());
  }
}
