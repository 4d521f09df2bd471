package org.postroom.findings;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What providers have retired or will retire, and whom it concerns: {@code findings/calendar.json}.
 * Usable without Spring.
 */
@Component
public class Calendar {
  private final List<Retirement> retirements;
  private final Sentences sentences = Sentences.read();

  public Calendar() {
    this.retirements =
        Arrays.stream(CatalogueFiles.read("calendar", RetirementJson[].class))
            .map(RetirementJson::retirement)
            .toList();
  }

  /** How much it matters on the day it is asked for. */
  public enum Severity {
    /** Good to know. */
    INFO,
    /** Something must be done in time, or has become uncertain. */
    WARN,
    /** It cannot work any more. */
    FAIL
  }

  /**
   * @param id stable, such as {@code microsoft-smtp-password}
   * @param date on which it happens, or happened
   * @param sentence what happens and what to do
   */
  public record Warning(String id, LocalDate date, String sentence, Severity severity) {}

  /** In English. */
  public List<Warning> warnings(
      String kind, @Nullable String host, boolean password, LocalDate today) {
    return warnings(kind, host, password, today, Locale.ENGLISH);
  }

  /**
   * What concerns an account, the most serious first, then by date.
   *
   * @param kind word of the account's kind: {@code smtp}, {@code exchange}, {@code google}, …
   * @param host of its server; null where it has none of its own
   * @param password whether it signs in with a password
   */
  public List<Warning> warnings(
      String kind, @Nullable String host, boolean password, LocalDate today, Locale locale) {
    String named = host == null ? "" : host.strip().toLowerCase(Locale.ROOT);
    return retirements.stream()
        .filter(one -> one.concerns(kind, named, password) && one.shownOn(today))
        .map(one -> warning(one, today, locale))
        .sorted(Comparator.comparing(Warning::severity).reversed().thenComparing(Warning::date))
        .toList();
  }

  private Warning warning(Retirement one, LocalDate today, Locale locale) {
    boolean past = !today.isBefore(one.date());
    String key = "calendar." + one.id() + (past ? ".after" : ".before");
    String sentence = sentences.in(locale, Map.of()).sentence(key);
    return new Warning(one.id(), one.date(), sentence, past ? one.after() : one.before());
  }

  /**
   * @param hosts null: wherever
   * @param password null: however it signs in
   * @param until last day on which it is shown; null: for ever
   */
  private record Retirement(
      String id,
      List<String> kinds,
      @Nullable Pattern hosts,
      @Nullable Boolean password,
      LocalDate date,
      LocalDate warnFrom,
      @Nullable LocalDate until,
      Severity before,
      Severity after) {

    boolean concerns(String kind, String host, boolean withPassword) {
      return kinds.contains(kind)
          && (hosts == null || hosts.matcher(host).matches())
          && (password == null || password == withPassword);
    }

    boolean shownOn(LocalDate day) {
      return !day.isBefore(warnFrom) && (until == null || !day.isAfter(until));
    }
  }

  private record RetirementJson(
      String id,
      List<String> kinds,
      @Nullable String hosts,
      @Nullable Boolean password,
      LocalDate date,
      LocalDate warnFrom,
      @Nullable LocalDate until,
      @Nullable Severity before,
      Severity after) {

    Retirement retirement() {
      Pattern pattern = hosts == null ? null : Pattern.compile(hosts);
      Severity early = Objects.requireNonNullElse(before, after);
      return new Retirement(id, kinds, pattern, password, date, warnFrom, until, early, after);
    }
  }
}
