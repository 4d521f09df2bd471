package org.postroom.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postroom.documents.Ledger.Bucket;
import org.postroom.http.Problem;

/**
 * How late things are, in buckets. What is not late stands in the first one, and so does credit:
 * nobody is late with it.
 *
 * @param ends last day late of each bucket but the last, growing; 30, 60, 90 makes "not yet due",
 *     1–30, 31–60, 61–90 and over 90
 */
public record Ageing(List<Integer> ends) {
  public static final Ageing USUAL = new Ageing(List.of(30, 60, 90));
  private static final int MOST = 8;
  private static final int LONGEST = 3_650;

  public Ageing {
    ends = List.copyOf(ends);
    check(ends);
  }

  /** From "30, 60, 90"; 422 where it is no growing list of days. */
  public static Ageing of(String text) {
    try {
      return new Ageing(
          Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList());
    } catch (NumberFormatException notDays) {
      throw wrong();
    }
  }

  /** "30, 60, 90". */
  public String words() {
    return String.join(", ", ends.stream().map(String::valueOf).toList());
  }

  /** The empty buckets, in order, and how to fill them. */
  Sorting sorting(LocalDate asOf) {
    return new Sorting(asOf);
  }

  final class Sorting {
    private final LocalDate asOf;
    private final BigDecimal[] sums = new BigDecimal[ends.size() + 2];

    private Sorting(LocalDate asOf) {
      this.asOf = asOf;
      Arrays.fill(sums, BigDecimal.ZERO);
    }

    void add(LocalDate due, BigDecimal open) {
      int bucket = open.signum() < 0 ? 0 : bucket(ChronoUnit.DAYS.between(due, asOf));
      sums[bucket] = sums[bucket].add(open);
    }

    List<Bucket> buckets(int digits) {
      List<Bucket> buckets = new ArrayList<>();
      buckets.add(new Bucket(null, null, scaled(sums[0], digits)));
      for (int i = 0; i <= ends.size(); i++) {
        int from = i == 0 ? 1 : ends.get(i - 1) + 1;
        Integer to = i == ends.size() ? null : ends.get(i);
        buckets.add(new Bucket(from, to, scaled(sums[i + 1], digits)));
      }
      return buckets;
    }

    private int bucket(long late) {
      if (late <= 0) return 0;
      for (int i = 0; i < ends.size(); i++) if (late <= ends.get(i)) return i + 1;
      return ends.size() + 1;
    }
  }

  /** With at least the currency's digits. */
  static BigDecimal scaled(BigDecimal amount, int digits) {
    return amount.scale() < digits ? amount.setScale(digits) : amount;
  }

  private static void check(List<Integer> ends) {
    int before = 0;
    for (int end : ends) {
      if (end <= before || end > LONGEST) throw wrong();
      before = end;
    }
    if (ends.isEmpty() || ends.size() > MOST) throw wrong();
  }

  private static Problem wrong() {
    return Problem.invalid(
        "/ageing",
        "invalid",
        "Ageing is a growing list of 1 to 8 days late, each up to 3650, such as 30, 60, 90.");
  }
}
