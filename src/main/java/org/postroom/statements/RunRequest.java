package org.postroom.statements;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.receivables.StatementScope;

/**
 * Which statements a run sends.
 *
 * @param partners refs; empty: all customers
 * @param q only customers whose name, key or address holds it; null for all
 * @param exclude refs that get none this time
 * @param skipZero nothing to customers who owe nothing in any currency, either way
 * @param minAmount nothing to customers who owe less in every currency; null for all
 * @param dryRun stops before sending, so that somebody can look and start it
 */
public record RunRequest(
    StatementScope scope,
    List<String> partners,
    @Nullable String q,
    List<String> exclude,
    boolean skipZero,
    @Nullable BigDecimal minAmount,
    boolean dryRun) {

  public RunRequest {
    partners = partners.stream().distinct().toList();
    exclude = List.copyOf(exclude);
    q = q == null || q.isBlank() ? null : q.strip();
  }

  /** All customers who owe something. */
  public static RunRequest all(StatementScope scope) {
    return new RunRequest(scope, List.of(), null, List.of(), true, null, false);
  }

  public RunRequest dry(boolean dry) {
    return new RunRequest(scope, partners, q, exclude, skipZero, minAmount, dry);
  }

  /** The same for these alone. */
  public RunRequest only(List<String> refs) {
    return new RunRequest(scope, refs, null, List.of(), skipZero, minAmount, dryRun);
  }
}
