package org.postroom.statements;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger.Kind;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.receivables.Ageing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A monthly schedule as clients send it, and as its row keeps it. */
public final class MonthlyJson {
  private static final Map<String, Kind> KINDS =
      Map.of(Kind.OPEN_ITEMS.word(), Kind.OPEN_ITEMS, Kind.ACTIVITY.word(), Kind.ACTIVITY);

  private MonthlyJson() {}

  /** 422 with every field that is wrong; what is absent is as at the beginning. */
  public static MonthlySchedule read(@Nullable JsonNode body) {
    MonthlySchedule usual = MonthlySchedule.INITIAL;
    JsonFields in = JsonFields.of(body);
    in.ignore("enabled", "time_zone", "next_run", "months");
    MonthlyDay day = in.parsed("day", 20, MonthlyDay::new);
    int hour = (int) in.whole("hour", 0, 23, usual.hour());
    Kind kind = in.choice("kind", KINDS);
    Ageing ageing = in.parsed("ageing", 100, MonthlyJson::ageing);
    var who =
        new MonthlySchedule.Chosen(
            kind == null ? Kind.OPEN_ITEMS : kind,
            ageing == null ? Ageing.USUAL : ageing,
            RunJson.chosen(in),
            in.text("q", 200),
            RunJson.refs(in, "exclude"),
            in.flag("skip_zero", true),
            in.parsed("min_amount", 20, RunJson::amount));
    boolean prepareOnly = in.flag("prepare_only", false);
    int catchUp = (int) in.whole("catch_up_days", 0, 27, usual.catchUpDays());
    in.check();
    return new MonthlySchedule(day == null ? usual.day() : day, hour, who, prepareOnly, catchUp, 0);
  }

  public static ObjectNode write(MonthlySchedule schedule) {
    MonthlySchedule.Chosen who = schedule.who();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("day", schedule.day().word());
    out.put("hour", schedule.hour());
    out.put("kind", who.kind().word());
    out.put("ageing", who.ageing().words());
    who.partners().forEach(out.putArray("partners")::add);
    out.put("q", who.q());
    who.exclude().forEach(out.putArray("exclude")::add);
    out.put("skip_zero", who.skipZero());
    out.put("min_amount", who.minAmount() == null ? null : who.minAmount().toPlainString());
    out.put("prepare_only", schedule.prepareOnly());
    out.put("catch_up_days", schedule.catchUpDays());
    return out;
  }

  private static Ageing ageing(String text) {
    try {
      return Ageing.of(text);
    } catch (Problem noAgeing) {
      throw new IllegalArgumentException(noAgeing.detail(), noAgeing);
    }
  }
}
