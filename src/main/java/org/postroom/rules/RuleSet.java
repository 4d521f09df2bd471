package org.postroom.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.rules.Decisions.Decision;

/** A company's rules made ready, in their order. Those that are off are left out. */
final class RuleSet {
  private final List<Ready> rules;
  private final long version;

  private record Ready(Rule rule, Check check) {}

  RuleSet(List<Rule> rules, long version) {
    this.rules =
        rules.stream()
            .filter(Rule::enabled)
            .map(rule -> new Ready(rule, Check.of(rule.condition())))
            .toList();
    this.version = version;
  }

  long version() {
    return version;
  }

  Decisions decide(Map<String, Object> facts, Supplier<LocalDate> today) {
    List<Rule> matching =
        rules.stream().filter(ready -> ready.check().holds(facts, today)).map(Ready::rule).toList();
    if (matching.isEmpty()) return Decisions.NONE;
    return new Decisions(
        first(matching, Effects::layout),
        first(matching, Effects::template),
        first(matching, Effects::account),
        first(matching, Effects::recipients),
        first(matching, Effects::attachments),
        first(matching, Effects::delay),
        first(matching, Effects::hold),
        first(matching, Effects::doNotSend));
  }

  private static <T> @Nullable Decision<T> first(
      List<Rule> rules, Function<Effects, @Nullable T> aspect) {
    for (Rule rule : rules) {
      T value = aspect.apply(rule.effects());
      if (value != null) return new Decision<>(value, rule.id(), "Rule “" + rule.name() + "”");
    }
    return null;
  }
}
