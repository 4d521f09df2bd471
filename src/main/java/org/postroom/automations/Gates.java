package org.postroom.automations;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.calendar.Calendar;
import org.postroom.compose.RuleFacts;
import org.postroom.documents.StoredDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Purpose;
import org.postroom.rules.Rules;
import org.springframework.stereotype.Component;

/** What may speak against a mail before it is written, in the order in which it is told. */
@Component
class Gates {
  static final String UNKNOWN_DOCUMENT = "unknown_document";
  static final String UNKNOWN_PARTNER = "unknown_partner";

  private final Rules rules;
  private final AlreadySent alreadySent;
  private final Calendar calendar;
  private final List<BiFunction<Matter, Setting, Optional<Outcome>>> gates =
      List.of(
          this::switchedOff,
          this::unknown,
          this::unwilling,
          this::excluded,
          this::condition,
          this::alreadySent,
          this::nothingDue);

  Gates(Rules rules, AlreadySent alreadySent, Calendar calendar) {
    this.calendar = calendar;
    this.rules = rules;
    this.alreadySent = alreadySent;
  }

  /** The first reason why there is none; empty where nothing speaks against it. */
  Optional<Outcome> closed(Matter matter, Setting setting) {
    for (var gate : gates) {
      Optional<Outcome> closed = gate.apply(matter, setting);
      if (closed.isPresent()) return closed;
    }
    return Optional.empty();
  }

  private Optional<Outcome> switchedOff(Matter matter, Setting setting) {
    return setting.enabled()
        ? Optional.empty()
        : skip(setting, "switched_off", "“" + setting.automation().title() + "” is switched off.");
  }

  private Optional<Outcome> unknown(Matter matter, Setting setting) {
    if (matter.known()) return Optional.empty();
    return matter.ofPartner()
        ? skip(
            setting,
            UNKNOWN_PARTNER,
            "The " + matter.name() + " is not known. Put the partner and tell the event again.")
        : skip(
            setting,
            UNKNOWN_DOCUMENT,
            "The "
                + matter.name()
                + " is not known. It is looked at again when the document arrives, or when the"
                + " event is told again.");
  }

  private Optional<Outcome> unwilling(Matter matter, Setting setting) {
    Partner partner = matter.partner();
    if (partner == null) return Optional.empty();
    Purpose asked = setting.automation().purpose(setting.options());
    if (partner.wants(setting.automation().purpose()) && partner.wants(asked))
      return Optional.empty();
    return skip(
        setting,
        "switched_off_for_partner",
        "Mail of this kind is switched off for " + partner.name() + ".");
  }

  private Optional<Outcome> excluded(Matter matter, Setting setting) {
    Options options = setting.options();
    if (options.exceptDocuments().contains(matter.ref()))
      return skip(
          setting,
          "excluded",
          "“%s” makes an exception of this document.".formatted(title(setting)));
    String ref = partnerRef(matter);
    if (ref == null || !options.exceptPartners().contains(ref)) return Optional.empty();
    Partner partner = matter.partner();
    String name = partner == null ? ref : partner.name();
    return skip(
        setting, "excluded", "“%s” makes an exception of %s.".formatted(title(setting), name));
  }

  private static @Nullable String partnerRef(Matter matter) {
    if (matter.ofPartner()) return matter.event().documentNumber();
    return matter.stored() == null ? null : matter.stored().document().partner();
  }

  private Optional<Outcome> condition(Matter matter, Setting setting) {
    StoredDocument stored = matter.stored();
    if (stored == null || setting.options().condition().equals(org.postroom.rules.Condition.ALWAYS))
      return Optional.empty();
    String company = matter.company().id();
    Purpose purpose = setting.automation().purpose(setting.options());
    LocalDate today = calendar.today(company);
    Map<String, Object> facts =
        RuleFacts.of(matter.company(), stored, matter.partner(), purpose, today);
    if (rules.holds(company, setting.options().condition(), facts)) return Optional.empty();
    return skip(
        setting,
        "condition",
        "Only sent if " + rules.sentence(company, setting.options().condition()) + ".");
  }

  private Optional<Outcome> alreadySent(Matter matter, Setting setting) {
    return alreadySent.said(matter, setting).flatMap(said -> skip(setting, AlreadySent.CODE, said));
  }

  /** Nobody is asked to pay what is paid. */
  private Optional<Outcome> nothingDue(Matter matter, Setting setting) {
    StoredDocument stored = matter.stored();
    BigDecimal due = stored == null ? null : stored.amountDue();
    if (setting.automation() != Automation.PAYMENT_REQUESTED || due == null || due.signum() > 0)
      return Optional.empty();
    return skip(setting, "nothing_due", "Nothing is due of " + matter.name() + " any more.");
  }

  private static String title(Setting setting) {
    return setting.automation().title();
  }

  private static Optional<Outcome> skip(Setting setting, String code, String why) {
    return Optional.of(Outcome.skipped(setting.automation(), code, why));
  }
}
