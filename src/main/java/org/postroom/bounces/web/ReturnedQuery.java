package org.postroom.bounces.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.BounceFilter;
import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned;
import org.springframework.web.util.UriComponentsBuilder;

/** What stands in the address bar of the list; whatever cannot be read does not narrow. */
record ReturnedQuery(
    @Nullable String q,
    @Nullable String kind,
    @Nullable String reason,
    @Nullable String matched,
    @Nullable String from,
    @Nullable String to,
    @Nullable String cursor) {

  BounceFilter filter(ZoneId zone) {
    LocalDate last = day(to);
    return new BounceFilter(
        of(Returned.Kind.values(), kind),
        of(Reason.values(), reason),
        "yes".equals(matched) ? Boolean.TRUE : "no".equals(matched) ? Boolean.FALSE : null,
        null,
        q,
        start(day(from), zone),
        start(last == null ? null : last.plusDays(1), zone));
  }

  public boolean narrows() {
    return filters().values().stream().anyMatch(value -> !value.isBlank());
  }

  public String csv() {
    return address("/returned.csv", null);
  }

  String next(String after) {
    return address("/returned", after);
  }

  @Nullable String checkedCursor() {
    return cursor == null || !cursor.matches("bnc_[0-9a-z]{26}") ? null : cursor;
  }

  private String address(String path, @Nullable String after) {
    UriComponentsBuilder uri = UriComponentsBuilder.fromPath(path);
    Map<String, Object> values = new LinkedHashMap<>(filters());
    if (after != null) values.put("cursor", after);
    values.forEach((name, value) -> {
      if (!value.toString().isBlank()) uri.queryParam(name, "{" + name + "}");
    });
    return uri.encode().buildAndExpand(values).toUriString();
  }

  private Map<String, String> filters() {
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("q", text(q));
    filters.put("kind", text(kind));
    filters.put("reason", text(reason));
    filters.put("matched", text(matched));
    filters.put("from", text(from));
    filters.put("to", text(to));
    return filters;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static <E extends Enum<E>> @Nullable E of(E[] all, @Nullable String word) {
    return Arrays.stream(all)
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    if (text == null || text.isBlank()) return null;
    try {
      LocalDate day = LocalDate.parse(text.strip());
      return day.getYear() < 1970 || day.getYear() > 9000 ? null : day;
    } catch (DateTimeParseException notDay) {
      return null;
    }
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }
}
