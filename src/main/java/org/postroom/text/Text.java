package org.postroom.text;

import com.github.jknack.handlebars.Template;
import java.util.Locale;

/** A text with placeholders, read once; many threads may fill it in at once. */
public final class Text {
  private final Template template;

  private Text(Template template) {
    this.template = template;
  }

  /**
   * @throws BadText if it is not well formed or wants what it may not have
   */
  public static Text of(String source, Output output) {
    return new Text(Renderer.compile(source, output));
  }

  /**
   * The text with the model's values; what the model does not have is empty.
   *
   * @param locale how figures and dates are written
   * @throws BadText if it runs or becomes too long
   */
  public String fill(Plain model, Locale locale) {
    return Renderer.render(template, model, locale).text();
  }

  /**
   * The same, with what the text requires and the model does not have.
   *
   * @throws BadText if it runs or becomes too long
   */
  public Filled filled(Plain model, Locale locale) {
    return Renderer.render(template, model, locale);
  }
}
