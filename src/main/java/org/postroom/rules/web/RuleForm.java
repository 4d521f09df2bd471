package org.postroom.rules.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.AddressList;
import org.postroom.rules.ConditionForm;
import org.postroom.rules.ConditionGroup;
import org.postroom.rules.Decisions.Further;
import org.postroom.rules.Decisions.FurtherFile;
import org.postroom.rules.Effects;
import org.postroom.rules.Rule;
import org.springframework.util.MultiValueMap;

/**
 * A rule as the page's fields hold it, right or wrong. The condition is groups of rows.
 *
 * @param delay a number as typed
 * @param unit {@code minutes}, {@code hours} or {@code days}
 * @param attachments {@code related:packing_slip}, {@code file:…}, {@code record}
 */
record RuleForm(
    String name,
    ConditionForm condition,
    String layout,
    String template,
    String account,
    String to,
    String cc,
    String bcc,
    Set<String> attachments,
    String delay,
    String unit,
    boolean held,
    String hold,
    boolean stopped,
    String reason) {

  static RuleForm fresh() {
    return of(Rule.of("", false, new org.postroom.rules.Condition.All(List.of()), Effects.NONE))
        .with(new ConditionForm("all", List.of(ConditionGroup.fresh())));
  }

  static RuleForm of(Rule rule) {
    Effects effects = rule.effects();
    Further further =
        effects.recipients() == null
            ? new Further(List.of(), List.of(), List.of())
            : effects.recipients();
    Delay delay = Delay.of(effects.delay());
    return new RuleForm(
        rule.name(),
        ConditionForm.of(rule.condition()),
        text(effects.layout()),
        text(effects.template()),
        text(effects.account()),
        AddressList.lines(further.to()),
        AddressList.lines(further.cc()),
        AddressList.lines(further.bcc()),
        attachments(effects.attachments()),
        delay.count(),
        delay.unit(),
        effects.hold() != null,
        text(effects.hold()),
        effects.doNotSend() != null,
        text(effects.doNotSend()));
  }

  /** As posted. */
  static RuleForm of(MultiValueMap<String, String> posted) {
    return new RuleForm(
        one(posted, "name"),
        ConditionForm.of(posted),
        one(posted, "effects/layout"),
        one(posted, "effects/template"),
        one(posted, "effects/account"),
        one(posted, "effects/recipients/to"),
        one(posted, "effects/recipients/cc"),
        one(posted, "effects/recipients/bcc"),
        new LinkedHashSet<>(posted.getOrDefault("attachments", List.of())),
        one(posted, "effects/delay"),
        one(posted, "unit"),
        posted.containsKey("held"),
        one(posted, "effects/hold"),
        posted.containsKey("stopped"),
        one(posted, "effects/do_not_send"));
  }

  RuleForm with(ConditionForm changed) {
    return new RuleForm(
        name,
        changed,
        layout,
        template,
        account,
        to,
        cc,
        bcc,
        attachments,
        delay,
        unit,
        held,
        hold,
        stopped,
        reason);
  }

  /** What a button other than “Save” asks for, such as {@code add:0}. */
  RuleForm after(String asked) {
    return with(condition.after(asked));
  }

  private record Delay(String count, String unit) {
    static Delay of(@Nullable Duration delay) {
      if (delay == null) return new Delay("", "hours");
      if (delay.toSeconds() % 86_400 == 0) return new Delay("" + delay.toDays(), "days");
      if (delay.toSeconds() % 3_600 == 0) return new Delay("" + delay.toHours(), "hours");
      return new Delay("" + Math.max(1, delay.toMinutes()), "minutes");
    }
  }

  private static Set<String> attachments(@Nullable List<FurtherFile> files) {
    List<String> words = new ArrayList<>();
    for (FurtherFile file : files == null ? List.<FurtherFile>of() : files)
      words.add(
          switch (file) {
            case FurtherFile.Related related -> "related:" + related.kind();
            case FurtherFile.Standing standing -> "file:" + standing.file();
            case FurtherFile.OfRecord ofRecord -> "record";
          });
    return new LinkedHashSet<>(words);
  }

  static String one(MultiValueMap<String, String> posted, String name) {
    String value = posted.getFirst(name);
    return value == null ? "" : value.strip();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
