package org.postroom.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** A company's conditional rules: if a document is so, its mail goes like that. */
@Service
public class Rules {
  private static final int MOST = 200;

  private final Database database;
  private final Audit audit;
  private final Access access;
  private final List<RuleChoices> choices;
  private final Map<String, RuleSet> ready = new ConcurrentHashMap<>();

  Rules(Database database, Audit audit, Access access, List<RuleChoices> choices) {
    this.database = database;
    this.audit = audit;
    this.access = access;
    this.choices = List.copyOf(choices);
  }

  /**
   * What the rules that are switched on say about a mail. Of the rules that match, the first that
   * speaks of an aspect decides it.
   *
   * @param facts the model texts see too: {@code document} (with {@code lines} and {@code fields}),
   *     {@code partner}, {@code company}; and {@code purpose}
   */
  public Decisions decide(String company, Map<String, Object> facts) {
    long version = database.read(sql -> RuleRows.version(sql, company));
    if (version == 0) return Decisions.NONE;
    RuleSet rules = ready.get(company);
    if (rules == null || rules.version() != version) {
      rules =
          database.read(
              sql -> new RuleSet(RuleRows.list(sql, company), RuleRows.version(sql, company)));
      ready.put(company, rules);
    }
    return rules.decide(facts, today(company));
  }

  /** All, in their order. */
  public List<Rule> list(String company) {
    return database.read(sql -> RuleRows.list(sql, company));
  }

  /**
   * @throws Problem 404 where there is none
   */
  public Rule get(String company, String id) {
    return database.read(sql -> found(sql, company, id));
  }

  /** The rule in words. */
  public String sentence(String company, Rule rule) {
    return new Sentences(named(company)).of(rule);
  }

  /** Several rules in words; what they name is looked up once. */
  public Function<Rule, String> sentences(String company) {
    return new Sentences(named(company))::of;
  }

  /** A condition in words. */
  public String sentence(String company, Condition condition) {
    return new Sentences(named(company)).condition(condition);
  }

  /**
   * Whether a condition holds, as it would in a rule.
   *
   * @param facts as for {@link #decide}
   */
  public boolean holds(String company, Condition condition, Map<String, Object> facts) {
    return condition.equals(Condition.ALWAYS) || Check.of(condition).holds(facts, today(company));
  }

  /** What the condition names and does not exist; pointers begin with the one given. */
  public List<Problem.FieldError> unknown(String company, String pointer, Condition condition) {
    return named(company).unknown(pointer, condition);
  }

  /** What rules of the company may name: id to name. */
  public Map<String, String> choices(String company, RuleChoices.Of what) {
    return named(company).all(what);
  }

  /**
   * Puts a new rule behind the others.
   *
   * @throws Problem 422 where it names something that does not exist
   */
  public Rule create(Caller caller, Rule rule) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    named(company).check(rule);
    return database.write(sql -> {
      RuleRows.change(sql, company);
      if (RuleRows.list(sql, company).size() >= MOST)
        throw Problem.conflict("too_many", "A company has at most " + MOST + " rules.");
      RuleRows.put(sql, company, rule);
      audit.record(caller, "rule.created", rule.id(), null, RuleJson.told(rule));
      return found(sql, company, rule.id());
    });
  }

  /**
   * Changes name, switch, condition and effects.
   *
   * @param expected the version seen before, null for any
   * @throws Problem 404, 412 where somebody changed it meanwhile, 422
   */
  public Rule change(
      Caller caller, String id, @Nullable Long expected, UnaryOperator<Rule> change) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    Rule wanted = change.apply(get(company, id));
    named(company).check(wanted);
    return database.write(sql -> {
      RuleRows.change(sql, company);
      Rule before = unchanged(sql, company, id, expected);
      Rule after = before.changedTo(wanted);
      if (after.sameAs(before)) return before;
      RuleRows.put(sql, company, after);
      audit.record(caller, "rule.changed", id, RuleJson.told(before), RuleJson.told(after));
      return found(sql, company, id);
    });
  }

  public void delete(Caller caller, String id, @Nullable Long expected) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    database.run(sql -> {
      RuleRows.change(sql, company);
      Rule before = unchanged(sql, company, id, expected);
      RuleRows.delete(sql, company, id);
      audit.record(caller, "rule.deleted", id, RuleJson.told(before), null);
    });
  }

  /**
   * Puts the rules into another order.
   *
   * @param ids of all rules, each once
   */
  public List<Rule> order(Caller caller, List<String> ids) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    return database.write(sql -> {
      RuleRows.change(sql, company);
      List<String> before = RuleRows.list(sql, company).stream().map(Rule::id).toList();
      boolean same =
          before.size() == ids.size() && new HashSet<>(before).equals(new HashSet<>(ids));
      if (!same)
        throw Problem.invalid(
            "/rules", "differs", "Name all " + before.size() + " rules, each once.");
      for (int i = 0; i < ids.size(); i++) RuleRows.position(sql, company, ids.get(i), i + 1);
      if (!before.equals(ids))
        audit.record(
            caller, "rules.ordered", "rules", String.join(" ", before), String.join(" ", ids));
      return RuleRows.list(sql, company);
    });
  }

  /** Moves a rule one place up or down; at the end it stays. */
  public void move(Caller caller, String id, int places) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    List<String> ids = new ArrayList<>(list(caller.company()).stream().map(Rule::id).toList());
    int at = ids.indexOf(id);
    if (at < 0) throw Problem.notFound("The rule “" + id + "”");
    ids.remove(at);
    ids.add(Math.min(Math.max(at + places, 0), ids.size()), id);
    order(caller, ids);
  }

  /**
   * How the rule would change mails if it were on: a stored one at its place, another behind all.
   *
   * @throws Problem 422 where it names something that does not exist
   */
  public Trial trial(String company, Rule rule) {
    named(company).check(rule);
    List<Rule> all = list(company);
    List<Rule> others = all.stream().filter(each -> !each.id().equals(rule.id())).toList();
    int position = rule.position() == 0 ? all.size() + 1 : rule.position();
    return new Trial(rule, others, position, today(company));
  }

  private Named named(String company) {
    return new Named(company, choices);
  }

  /** Where the company is; asked for only by rules about dates. */
  private Supplier<LocalDate> today(String company) {
    return () -> {
      Instant now = database.now();
      return now.atZone(access.company(company).timeZone()).toLocalDate();
    };
  }

  private static Rule unchanged(Sql sql, String company, String id, @Nullable Long expected) {
    Rule rule = found(sql, company, id);
    if (expected == null || expected == rule.version()) return rule;
    throw Problem.of(412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
  }

  private static Rule found(Sql sql, String company, String id) {
    return RuleRows.find(sql, company, id)
        .orElseThrow(() -> Problem.notFound("The rule “" + id + "”"));
  }
}
