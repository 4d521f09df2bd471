package org.postroom.console.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.RecipientState;
import org.springframework.web.util.UriComponentsBuilder;

/** What stands in the address bar of the outbox; whatever cannot be read does not narrow. */
record OutboxQuery(
    @Nullable String tab,
    @Nullable String q,
    @Nullable String account,
    @Nullable String state,
    @Nullable String from,
    @Nullable String to,
    @Nullable String cursor) {

  public OutboxTab chosen() {
    return OutboxTab.of(tab);
  }

  public boolean narrows() {
    return filters().values().stream().anyMatch(value -> !value.isBlank());
  }

  MessageFilter filter(ZoneId zone) {
    LocalDate last = day(to);
    return MessageFilter.ALL
        .states(states())
        .text(blankToNull(q))
        .account(blankToNull(account))
        .created(start(day(from), zone), start(last == null ? null : last.plusDays(1), zone))
        .hold(chosen().hold())
        .recipient(came() ? RecipientState.BOUNCED : chosen().recipient());
  }

  /** People look for what came back as if that were a state of the message. */
  private boolean came() {
    return RecipientState.BOUNCED.word().equals(state);
  }

  /** The first page of this filter in another tab. */
  String at(OutboxTab other) {
    return address("/outbox", other, null, other == chosen());
  }

  String next(String cursor) {
    return address("/outbox", chosen(), cursor, true);
  }

  public String csv() {
    return address("/outbox.csv", chosen(), null, true);
  }

  public String cleared() {
    return new OutboxQuery(tab, null, null, null, null, null, null).at(chosen());
  }

  private String address(String path, OutboxTab into, @Nullable String after, boolean withState) {
    UriComponentsBuilder uri = UriComponentsBuilder.fromPath(path);
    if (into != OutboxTab.ALL) uri.queryParam("tab", into.word());
    filters()
        .forEach((name, value) -> {
          if (!value.isBlank() && (withState || !name.equals("state")))
            uri.queryParam(name, "{" + name + "}");
        });
    if (after != null) uri.queryParam("cursor", "{cursor}");
    Map<String, Object> values = new LinkedHashMap<>(filters());
    if (after != null) values.put("cursor", after);
    return uri.encode().buildAndExpand(values).toUriString();
  }

  private Map<String, String> filters() {
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("q", q == null ? "" : q);
    filters.put("account", account == null ? "" : account);
    filters.put("state", state == null ? "" : state);
    filters.put("from", from == null ? "" : from);
    filters.put("to", to == null ? "" : to);
    return filters;
  }

  private Set<MessageState> states() {
    return Arrays.stream(MessageState.values())
        .filter(one -> one.word().equals(state))
        .findFirst()
        .map(Set::of)
        .orElse(chosen().states());
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    if (text == null || text.isBlank()) return null;
    try {
      LocalDate day = LocalDate.parse(text.strip());
      return day.getYear() < 1970 || day.getYear() > 9000 ? null : day;
    } catch (DateTimeParseException notADay) {
      return null;
    }
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
