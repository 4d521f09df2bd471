package org.postroom.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.rules.Decisions.Decision;

/** What a rule would do if it were switched on, beside the others that are. */
public final class Trial {
  private final Check check;
  private final RuleSet without;
  private final RuleSet with;
  private final Supplier<LocalDate> today;

  Trial(Rule rule, List<Rule> others, int position, Supplier<LocalDate> today) {
    List<Rule> all = new ArrayList<>(others);
    all.add(Math.min(Math.max(position - 1, 0), others.size()), rule.switched(true));
    this.check = Check.of(rule.condition());
    this.without = new RuleSet(others, 0);
    this.with = new RuleSet(all, 0);
    this.today = today;
  }

  /** Something the rule changes: what, from the rule that decides now, if one does. */
  public record Change(Aspect aspect, @Nullable String insteadOf) {}

  /** What rules decide. */
  public enum Aspect {
    LAYOUT("the layout"),
    TEMPLATE("the template"),
    ACCOUNT("the account"),
    RECIPIENTS("further recipients"),
    ATTACHMENTS("further attachments"),
    DELAY("when it goes"),
    HOLD("held for approval"),
    DO_NOT_SEND("not sent");

    private final String words;

    Aspect(String words) {
      this.words = words;
    }

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String words() {
      return words;
    }
  }

  public boolean matches(Map<String, Object> facts) {
    return check.holds(facts, today);
  }

  /** What would be decided otherwise; empty where it does not match or others decide before it. */
  public List<Change> changes(Map<String, Object> facts) {
    if (!matches(facts)) return List.of();
    Decisions before = without.decide(facts, today);
    Decisions after = with.decide(facts, today);
    List<Change> changes = new ArrayList<>();
    for (Aspect aspect : Aspect.values()) {
      Decision<?> now = of(before, aspect);
      Decision<?> then = of(after, aspect);
      boolean same = then == null || (now != null && Objects.equals(now.value(), then.value()));
      if (!same) changes.add(new Change(aspect, now == null ? null : now.reason()));
    }
    return changes;
  }

  private static @Nullable Decision<?> of(Decisions decisions, Aspect aspect) {
    return switch (aspect) {
      case LAYOUT -> decisions.layout();
      case TEMPLATE -> decisions.template();
      case ACCOUNT -> decisions.account();
      case RECIPIENTS -> decisions.recipients();
      case ATTACHMENTS -> decisions.attachments();
      case DELAY -> decisions.delay();
      case HOLD -> decisions.approval();
      case DO_NOT_SEND -> decisions.doNotSend();
    };
  }
}
