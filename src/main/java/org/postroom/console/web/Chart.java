package org.postroom.console.web;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.postroom.outbox.DayCount;
import org.postroom.outbox.MessageState;

/**
 * Messages per day as stacked bars, in the units of the drawing's own view box.
 *
 * @param width of the view box; its height is {@link #HEIGHT}
 */
record Chart(int width, List<Bar> bars, Number sent, Number waiting, Number failed) {
  static final int HEIGHT = 112;
  private static final int BASE = 92;
  private static final int TALLEST = 80;
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  Chart {
    bars = List.copyOf(bars);
  }

  /**
   * One day. Parts stand on each other: sent below, then waiting, then not sent.
   *
   * @param label below the bar, empty where there is no room
   */
  record Bar(
      LocalDate day,
      String label,
      String fullLabel,
      int x,
      int width,
      Number sent,
      Number waiting,
      Number failed,
      List<Part> parts) {
    Bar {
      parts = List.copyOf(parts);
    }

    public int middle() {
      return x + width / 2;
    }
  }

  /**
   * @param more whether it was not counted to the end
   */
  record Number(long value, boolean more) {
    static final Number NONE = new Number(0, false);

    Number plus(Number other) {
      return new Number(value + other.value, more || other.more);
    }

    /** As it is shown: 1,234 or 100,000+. */
    @Override
    public String toString() {
      return String.format(Locale.ENGLISH, "%,d", value) + (more ? "+" : "");
    }
  }

  record Part(String kind, int y, int height) {}

  static Chart of(List<DayCount> days) {
    int step = days.size() > 10 ? 12 : 46;
    long most = Math.max(1, days.stream().mapToLong(Chart::all).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < days.size(); i++)
      bars.add(bar(days.get(i), 10 + i * step, step, most, days.size() - 1 - i));
    return new Chart(
        20 + days.size() * step,
        bars,
        sum(bars, Bar::sent),
        sum(bars, Bar::waiting),
        sum(bars, Bar::failed));
  }

  private static Number sum(List<Bar> bars, Function<Bar, Number> part) {
    return bars.stream().map(part).reduce(Number.NONE, Number::plus);
  }

  private static Bar bar(DayCount day, int x, int step, long most, int daysAgo) {
    boolean week = step > 30;
    String label = daysAgo == 0 ? "Today" : (week ? WEEKDAY : DAY).format(day.day());
    boolean shown = week || daysAgo % 5 == 0;
    Number sent = sent(day);
    Number waiting = waiting(day);
    Number failed = failed(day);
    return new Bar(
        day.day(),
        shown ? label : "",
        daysAgo == 0
            ? "Today"
            : DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH).format(day.day()),
        x,
        step * 6 / 10,
        sent,
        waiting,
        failed,
        parts(sent.value(), waiting.value(), failed.value(), most));
  }

  private static List<Part> parts(long sent, long waiting, long failed, long most) {
    List<Part> parts = new ArrayList<>();
    int top = BASE;
    top = add(parts, "c-sent", sent, most, top);
    top = add(parts, "c-queue", waiting, most, top);
    add(parts, "c-fail", failed, most, top);
    return parts;
  }

  /** A part that is there can be seen, however small it is. */
  private static int add(List<Part> parts, String kind, long count, long most, int top) {
    if (count == 0) return top;
    int height = Math.max(2, Math.toIntExact(Math.round((double) count / most * TALLEST)));
    parts.add(new Part(kind, top - height, height));
    return top - height;
  }

  private static long all(DayCount day) {
    return sent(day).plus(waiting(day)).plus(failed(day)).value();
  }

  private static Number sent(DayCount day) {
    return number(day, MessageState.SENT);
  }

  private static Number waiting(DayCount day) {
    return number(
        day, MessageState.QUEUED, MessageState.SENDING, MessageState.DELAYED, MessageState.HELD);
  }

  private static Number failed(DayCount day) {
    return number(day, MessageState.NOT_SENT, MessageState.UNCLEAR);
  }

  private static Number number(DayCount day, MessageState... states) {
    return new Number(day.of(states), day.more(states));
  }
}
