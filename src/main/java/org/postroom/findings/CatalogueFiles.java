package org.postroom.findings;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Stage;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code findings/*.json}. A mistake in them is a mistake of ours and ends the start. */
final class CatalogueFiles {
  /** In the order of the table they come from. */
  private static final List<String> GROUPS =
      List.of(
          "network", "sign-in", "microsoft-smtp", "google-smtp", "servers", "oauth", "services");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private record SignJson(
      @Nullable List<Symptom.Protocol> protocols,
      @Nullable String provider,
      @Nullable List<Stage> stages,
      @Nullable List<FailureKind> kinds,
      @Nullable List<String> codes,
      @Nullable List<String> enhanced,
      @Nullable String says,
      @Nullable String words,
      @Nullable String not,
      @Nullable Boolean token,
      @Nullable Action action) {

    Sign sign(List<Symptom.Protocol> ofRow) {
      return new Sign(
          protocols == null ? ofRow : protocols,
          provider,
          list(stages),
          list(kinds),
          codes(codes),
          codes(enhanced),
          pattern(says),
          pattern(words),
          pattern(not),
          token,
          action);
    }

    private static List<Sign.Code> codes(@Nullable List<String> patterns) {
      return list(patterns).stream().map(Sign.Code::new).toList();
    }
  }

  private record RowJson(
      String id,
      Action action,
      @Nullable List<Symptom.Protocol> protocols,
      @Nullable List<SignJson> signs,
      @Nullable List<String> fixes,
      @Nullable String takes) {

    Row row() {
      List<Symptom.Protocol> ofRow = list(protocols);
      List<Sign> made = list(signs).stream().map(sign -> sign.sign(ofRow)).toList();
      return new Row(id, action, made, list(fixes), pattern(takes));
    }
  }

  private record ProviderJson(
      String id,
      String hosts,
      @Nullable String replies,
      @Nullable List<Symptom.Protocol> protocols,
      @Nullable List<String> ports,
      @Nullable List<String> submission) {

    Provider provider() {
      return new Provider(
          id,
          Objects.requireNonNull(pattern(hosts)),
          pattern(replies),
          list(protocols),
          list(ports),
          list(submission));
    }
  }

  private record Others(List<ProviderJson> providers, Map<String, String> otherNames) {}

  Catalogue catalogue() {
    List<Row> rows = new ArrayList<>();
    for (String group : GROUPS)
      for (RowJson row : read(group, RowJson[].class)) rows.add(row.row());
    Others others = read("providers", Others.class);
    List<Provider> providers = others.providers().stream().map(ProviderJson::provider).toList();
    Cure[] cures = read("fixes", Cure[].class);
    return new Catalogue(
        rows, others.otherNames(), providers, new Cures(List.of(cures), providers));
  }

  /** A file of {@code findings/}, without its ending. */
  static <T> T read(String name, Class<T> type) {
    String path = String.format(Locale.ROOT, "/findings/%s.json", name);
    try (InputStream in = CatalogueFiles.class.getResourceAsStream(path)) {
      if (in == null) throw new IllegalStateException(path + " is missing.");
      return JSON.readValue(in, type);
    } catch (IOException failure) {
      throw new IllegalStateException(path + " cannot be read.", failure);
    }
  }

  private static @Nullable Pattern pattern(@Nullable String regex) {
    return regex == null ? null : Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  private static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : given;
  }
}
