package org.postroom.templates;

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
import java.util.Locale;

/**
 * Fills texts in. The language is Handlebars, shut in: a text sees the model's maps and lists and
 * our few helpers, no classes, no methods, no files; its loops and its length are limited.
 */
final class Renderer {
  private static final int MOST_ROUNDS = 20_000;
  private static final int MOST_LETTERS = 2_000_000;
  private static final ScopedValue<Rendering> CURRENT = ScopedValue.newInstance();

  /** What belongs to one rendering. */
  private record Rendering(Budget budget, Locale locale) {}

  /** What the values of a text become. */
  enum Output {
    HTML(EscapingStrategy.HTML_ENTITY),
    TEXT(EscapingStrategy.NOOP);

    private final Handlebars language;

    Output(EscapingStrategy escaping) {
      language =
          new Handlebars(new NoFiles())
              .prettyPrint(true) // lines that hold only a tag leave no empty line behind
              .with(new Helpers())
              .with(escaping)
              .with((Formatter) (value, next) -> counted(next.format(value)));
    }
  }

  /** The text itself is not possible; the message says why in a plain sentence. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** A text ready to be filled in, by many threads at once. */
  record Compiled(Template template) {}

  private Renderer() {}

  /**
   * @throws Refused if the text is not well formed or wants what it may not have
   */
  static Compiled compile(String text, Output output) {
    Tags.check(text);
    try {
      return new Compiled(output.language.compileInline(text));
    } catch (HandlebarsException | IOException | UnsupportedOperationException wrong) {
      throw new Refused(sentence(wrong));
    }
  }

  /**
   * @throws Refused if it needs too much or something that is not there
   */
  static String render(Compiled text, Plain model, Locale locale) {
    Rendering rendering = new Rendering(new Budget(MOST_ROUNDS, MOST_LETTERS), locale);
    return ScopedValue.where(CURRENT, rendering).call(() -> apply(text, model));
  }

  static Budget budget() {
    return CURRENT.get().budget();
  }

  static Locale locale() {
    return CURRENT.get().locale();
  }

  private static String apply(Compiled text, Plain model) {
    Context context =
        Context.newBuilder(model.values()).resolver(MapValueResolver.INSTANCE).build();
    try {
      return text.template().apply(context);
    } catch (HandlebarsException | IOException wrong) {
      Throwable cause = wrong.getCause();
      while (cause != null && !(cause instanceof Budget.TooMuch)) cause = cause.getCause();
      throw new Refused(cause == null ? sentence(wrong) : String.valueOf(cause.getMessage()));
    } catch (Budget.TooMuch tooMuch) {
      throw new Refused(String.valueOf(tooMuch.getMessage()));
    }
  }

  private static Object counted(Object value) {
    if (CURRENT.isBound()) budget().write(value.toString().length());
    return value;
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
