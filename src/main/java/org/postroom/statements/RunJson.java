package org.postroom.statements;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger.Kind;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.receivables.Ageing;
import org.postroom.receivables.StatementScope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A run's request as clients send it, and as its row keeps it. */
public final class RunJson {
  private static final int MOST_PARTNERS = 20_000;
  private static final Map<String, Kind> KINDS =
      Map.of(Kind.OPEN_ITEMS.word(), Kind.OPEN_ITEMS, Kind.ACTIVITY.word(), Kind.ACTIVITY);

  private RunJson() {}

  /** 422 with every field that is wrong. */
  public static RunRequest read(@Nullable JsonNode body, LocalDate today) {
    JsonFields in = JsonFields.of(body);
    LocalDate date = in.parsed("date", 10, RunJson::date);
    LocalDate from = in.parsed("from", 10, RunJson::date);
    Kind kind = in.choice("kind", KINDS);
    Ageing ageing = in.parsed("ageing", 100, RunJson::ageing);
    List<String> partners = chosen(in);
    String q = in.text("q", 200);
    List<String> exclude = refs(in, "exclude");
    boolean skipZero = in.flag("skip_zero", true);
    BigDecimal least = in.parsed("min_amount", 20, RunJson::amount);
    boolean dry = in.flag("dry_run", false);
    in.check();
    StatementScope scope = StatementScope.of(kind, from, date == null ? today : date, ageing);
    return new RunRequest(scope, partners, q, exclude, skipZero, least, dry);
  }

  public static ObjectNode write(RunRequest request) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    StatementScope scope = request.scope();
    out.put("date", scope.asOf().toString());
    out.put("kind", scope.kind().word());
    out.put("from", scope.from() == null ? null : scope.from().toString());
    out.put("ageing", scope.ageing().words());
    list(out, "partners", request.partners());
    out.put("q", request.q());
    list(out, "exclude", request.exclude());
    out.put("skip_zero", request.skipZero());
    out.put("min_amount", request.minAmount() == null ? null : request.minAmount().toPlainString());
    out.put("dry_run", request.dryRun());
    return out;
  }

  private static void list(ObjectNode out, String name, List<String> refs) {
    ArrayNode array = out.putArray(name);
    refs.forEach(array::add);
  }

  /** Empty for all. */
  static List<String> chosen(JsonFields in) {
    List<String> partners = refs(in, "partners");
    return partners.equals(List.of("all")) ? List.of() : partners;
  }

  static List<String> refs(JsonFields in, String name) {
    return in.texts(name, MOST_PARTNERS, 100).stream().map(JsonFields.Text::value).toList();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notADate) {
      throw new IllegalArgumentException("This must be a date such as 2026-11-30.", notADate);
    }
  }

  private static Ageing ageing(String text) {
    try {
      return Ageing.of(text);
    } catch (Problem noAgeing) {
      throw new IllegalArgumentException(noAgeing.detail(), noAgeing);
    }
  }

  static BigDecimal amount(String text) {
    if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,4})?"))
      throw new IllegalArgumentException("This must be an amount such as 10.00.");
    return new BigDecimal(text);
  }
}
