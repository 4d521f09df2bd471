package org.postroom.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares two ways of doing the same in interleaved rounds (A B A B …), so that whatever else the
 * machine does meets both. The ratio is the median of the rounds' own ratios.
 *
 * @param a what is compared
 * @param b what it is compared with
 * @param rates pieces per second, one pair a round
 */
public record Rounds(String a, String b, List<Pair> rates) {

  /** Does a number of pieces and says how many they were. */
  @FunctionalInterface
  public interface Work {
    long run() throws Exception;
  }

  /** What both did in one round, in pieces per second. */
  public record Pair(double a, double b) {
    double ratio() {
      return a / b;
    }
  }

  public Rounds {
    if (rates.isEmpty()) throw new IllegalArgumentException("Without a round there is no result.");
    rates = List.copyOf(rates);
  }

  /** Runs both once unmeasured, to warm up, and then as many rounds as asked for. */
  public static Rounds interleaved(int rounds, String a, Work first, String b, Work second)
      throws Exception {
    first.run();
    second.run();
    List<Pair> rates = new ArrayList<>();
    for (int round = 0; round < rounds; round++) rates.add(new Pair(rate(first), rate(second)));
    return new Rounds(a, b, rates);
  }

  public double medianA() {
    return median(rates.stream().map(Pair::a).toList());
  }

  public double medianB() {
    return median(rates.stream().map(Pair::b).toList());
  }

  /** How many times as fast a is. */
  public double ratio() {
    return median(rates.stream().map(Pair::ratio).toList());
  }

  /** Prints medians with their spread, and the ratio. */
  public void print(PrintStream out) {
    out.println(line(a, rates.stream().map(Pair::a).toList()));
    out.println(line(b, rates.stream().map(Pair::b).toList()));
    out.println(line("ratio", rates.stream().map(Pair::ratio).toList()));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double rate(Work work) throws Exception {
    long began = System.nanoTime();
    long pieces = work.run();
    return pieces * 1e9 / (System.nanoTime() - began);
  }

  private static String line(String name, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%-28s %10.2f   (%.2f–%.2f, %d rounds)",
        name,
        median(values),
        sorted.getFirst(),
        sorted.getLast(),
        values.size());
  }
}
