package org.postroom.templates;

import org.jspecify.annotations.Nullable;
import org.postroom.text.BadText;
import org.postroom.text.Output;
import org.postroom.text.Text;

/** A body, read once; many threads may fill it in at once. */
sealed interface Compiled {
  Text subject();

  record Simple(
      Text subject,
      Text preheader,
      Text heading,
      Text greeting,
      Text message,
      Text button,
      Text closing,
      @Nullable Text signature,
      Body.Blocks blocks)
      implements Compiled {}

  record Html(Text subject, Text html, @Nullable Text text) implements Compiled {}

  /**
   * @throws BadText if a text is not well formed
   */
  static Compiled of(Body body) {
    return switch (body) {
      case Body.Simple simple -> simple(simple);
      case Body.Html own ->
          new Html(
              text(own.subject()),
              Text.of(own.html(), Output.HTML),
              own.text() == null ? null : text(own.text()));
    };
  }

  private static Simple simple(Body.Simple body) {
    return new Simple(
        text(body.subject()),
        text(body.preheader()),
        text(body.heading()),
        text(body.greeting()),
        Text.of(Markup.html(body.message()), Output.HTML),
        text(body.button()),
        text(body.closing()),
        body.signature().on() ? text(body.signature().text()) : null,
        body.blocks());
  }

  private static Text text(String source) {
    return Text.of(source, Output.TEXT);
  }
}
