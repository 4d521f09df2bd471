package org.postroom.text;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Decorator;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Options;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All words of the language there are. The library's own (files, scripts, logs, lookups) are not
 * among them, and none can be added.
 */
final class Helpers implements HelperRegistry {
  private static final Map<String, Helper<?>> ALL =
      Map.ofEntries(
          Map.entry("if", (value, options) -> choose(value, options, true)),
          Map.entry("unless", (value, options) -> choose(value, options, false)),
          Map.entry("each", Helpers::each),
          Map.entry("with", Helpers::with),
          Map.entry("eq", (value, options) -> same(value, options)),
          Map.entry("ne", (value, options) -> !same(value, options)),
          Map.entry("and", (value, options) -> all(value, options)),
          Map.entry("or", (value, options) -> any(value, options)),
          Map.entry("not", (value, options) -> Handlebars.Utils.isEmpty(value)),
          Map.entry("gt", (value, options) -> Order.of(value, parameter(options, 0)) > 0),
          Map.entry("lt", (value, options) -> Order.of(value, parameter(options, 0)) < 0),
          Map.entry("required", Helpers::required),
          Map.entry(
              "default",
              (value, options) -> Shown.isBlank(value) ? text(parameter(options, 0)) : value),
          Map.entry(
              "money",
              (value, options) -> Amounts.money(value, parameter(options, 0), Renderer.locale())),
          Map.entry("number", (value, options) -> Amounts.number(value, Renderer.locale())),
          Map.entry("date", (value, options) -> Amounts.date(value, Renderer.locale())));

  private static Object choose(@Nullable Object value, Options options, boolean wanted)
      throws IOException {
    return Handlebars.Utils.isEmpty(value) == wanted ? options.inverse() : options.fn();
  }

  private static Object each(@Nullable Object value, Options options) throws IOException {
    Map<?, ?> entries = value instanceof Map<?, ?> map ? map : null;
    List<?> items = entries != null ? List.copyOf(entries.values()) : list(value);
    if (items.isEmpty()) return options.inverse();
    List<?> keys = entries != null ? List.copyOf(entries.keySet()) : List.of();
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      Context context =
          Context.newBuilder(options.context, items.get(i))
              .combine("@index", i)
              .combine("@first", i == 0 ? "first" : "")
              .combine("@last", i == items.size() - 1 ? "last" : "")
              .combine("@key", keys.isEmpty() ? "" : String.valueOf(keys.get(i)))
              .build();
      CharSequence round = options.fn(context);
      Renderer.budget().round(round.length());
      written.append(round);
    }
    return new Handlebars.SafeString(written);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  /** The value; that there is none is noted under the name the text was prepared with. */
  private static Object required(@Nullable Object value, Options options) {
    if (!Shown.isBlank(value) && value != null) return value;
    Renderer.missing(String.valueOf(parameter(options, 0)));
    return "";
  }

  private static Object with(@Nullable Object value, Options options) throws IOException {
    return Handlebars.Utils.isEmpty(value) ? options.inverse() : options.fn(value);
  }

  private static boolean same(@Nullable Object value, Options options) {
    return Objects.equals(text(value), text(parameter(options, 0)));
  }

  private static boolean all(@Nullable Object value, Options options) {
    if (Handlebars.Utils.isEmpty(value)) return false;
    for (Object other : options.params) if (Handlebars.Utils.isEmpty(other)) return false;
    return true;
  }

  private static boolean any(@Nullable Object value, Options options) {
    if (!Handlebars.Utils.isEmpty(value)) return true;
    for (Object other : options.params) if (!Handlebars.Utils.isEmpty(other)) return true;
    return false;
  }

  private static @Nullable Object parameter(Options options, int index) {
    return index < options.params.length ? options.params[index] : null;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the library asks for null where there is none
  public <C> Helper<C> helper(String name) {
    return (Helper<C>) ALL.get(name);
  }

  @Override
  public Set<Map.Entry<String, Helper<?>>> helpers() {
    return ALL.entrySet();
  }

  @Override
  @SuppressWarnings("NullAway") // likewise
  public Decorator decorator(String name) {
    return null;
  }

  @Override
  public HelperRegistry registerDecorator(String name, Decorator decorator) {
    throw closed();
  }

  @Override
  public <H> HelperRegistry registerHelper(String name, Helper<H> helper) {
    throw closed();
  }

  @Override
  public <H> HelperRegistry registerHelperMissing(Helper<H> helper) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(Object source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(Class<?> source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(URI source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(File source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(String name, Reader source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(String name, InputStream source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(String name, String source) {
    throw closed();
  }

  @Override
  public HelperRegistry setCharset(Charset charset) {
    return this;
  }

  private static UnsupportedOperationException closed() {
    return new UnsupportedOperationException("The list of words is closed.");
  }
}
