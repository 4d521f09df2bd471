package org.postroom.text;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Formatter;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.context.MapValueResolver;
import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fills texts in. The language is Handlebars, shut in: a text sees the model's maps and lists and
 * our few helpers, no classes, no methods, no files; its loops and its length are limited.
 */
final class Renderer {
  private static final int MOST_ROUNDS = 20_000;
  private static final int MOST_LETTERS = 2_000_000;
  private static final ScopedValue<Rendering> CURRENT = ScopedValue.newInstance();

  /** What belongs to one rendering. */
  private record Rendering(Budget budget, Locale locale, Set<String> missing) {}

  private static final Handlebars HTML = language(EscapingStrategy.HTML_ENTITY);
  private static final Handlebars TEXT = language(EscapingStrategy.NOOP);

  private Renderer() {}

  private static Handlebars language(EscapingStrategy escaping) {
    return new Handlebars(new NoFiles())
        .prettyPrint(true) // lines that hold only a tag leave no empty line behind
        .with(new Helpers())
        .with(escaping)
        .with((Formatter) (value, next) -> counted(value));
  }

  /**
   * @throws BadText if the text is not well formed or wants what it may not have
   */
  static Template compile(String text, Output output) {
    String prepared = prepared(text);
    try {
      return (output == Output.HTML ? HTML : TEXT).compileInline(prepared);
    } catch (HandlebarsException | IOException | UnsupportedOperationException wrong) {
      throw new BadText(sentence(wrong));
    }
  }

  private static String prepared(String text) {
    Reading reading = Reader.read(text);
    Check check = Check.words(reading);
    List<Trouble> troubles = check.found(reading);
    if (!troubles.isEmpty()) throw new BadText(troubles.getFirst());
    return Prepared.of(reading, check.paths());
  }

  /**
   * @throws BadText if it needs too much or something that is not there
   */
  static Filled render(Template text, Plain model, Locale locale) {
    Set<String> missing = new LinkedHashSet<>();
    Rendering rendering = new Rendering(new Budget(MOST_ROUNDS, MOST_LETTERS), locale, missing);
    String filled = ScopedValue.where(CURRENT, rendering).call(() -> apply(text, model));
    return new Filled(filled, List.copyOf(missing));
  }

  static void missing(String placeholder) {
    CURRENT.get().missing().add(placeholder);
  }

  static Budget budget() {
    return CURRENT.get().budget();
  }

  static Locale locale() {
    return CURRENT.get().locale();
  }

  private static String apply(Template text, Plain model) {
    Context context =
        Context.newBuilder(model.values()).resolver(MapValueResolver.INSTANCE).build();
    try {
      return text.apply(context);
    } catch (HandlebarsException | IOException wrong) {
      Throwable cause = wrong.getCause();
      while (cause != null && !(cause instanceof Budget.TooMuch)) cause = cause.getCause();
      throw new BadText(cause == null ? sentence(wrong) : String.valueOf(cause.getMessage()));
    } catch (Budget.TooMuch tooMuch) {
      throw new BadText(String.valueOf(tooMuch.getMessage()));
    }
  }

  private static Object counted(Object value) {
    boolean plain =
        value instanceof Map<?, ?> || value instanceof List<?> || value instanceof BigDecimal;
    Object shown = plain ? Shown.text(value) : value;
    if (CURRENT.isBound()) budget().write(shown.toString().length());
    return shown;
  }

  /** The first line; the library's further lines draw its stack. */
  private static String sentence(Exception wrong) {
    String message = String.valueOf(wrong.getMessage()).strip();
    int end = message.indexOf('\n');
    return "This text cannot be read: " + (end < 0 ? message : message.substring(0, end));
  }

  /** There are no other files. */
  private static final class NoFiles extends AbstractTemplateLoader {
    @Override
    public TemplateSource sourceAt(String location) {
      throw new UnsupportedOperationException("A text cannot include others.");
    }
  }
}
