package org.postroom.payments.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLink.Payment;

/**
 * What the page for paying says.
 *
 * @param said what the stage means, null where the ways to pay say it
 */
record PayView(
    String title,
    @Nullable String heading,
    @Nullable String said,
    String amountWord,
    @Nullable String amount,
    List<Notice> notices) {

  static PayView of(Visit visit, Stage stage, Return came, Receipt receipt) {
    PageWords say = visit.words();
    boolean open = stage == Stage.OPEN;
    return new PayView(
        open ? say.say("ways") : say.say(stage.word()),
        open ? null : say.say(stage.word()),
        open ? null : say.say(stage.word() + ".said", visit.company().name()),
        say.say(amountWord(stage)),
        stage == Stage.PAID && receipt.amount() != null
            ? receipt.amount()
            : amount(visit, stage, say),
        open ? notices(visit, came, say) : List.of());
  }

  private static String amountWord(Stage stage) {
    return switch (stage) {
      case OPEN -> "amount.due";
      case PAID -> "amount.paid";
      default -> "amount.open";
    };
  }

  private static @Nullable String amount(Visit visit, Stage stage, PageWords say) {
    BigDecimal due = visit.opened().due();
    BigDecimal asked = visit.link().amount();
    BigDecimal shown = stage == Stage.OPEN || stage == Stage.WAITING ? due : asked;
    return shown == null ? null : say.money(shown, visit.link().currency());
  }

  private static List<Notice> notices(Visit visit, Return came, PageWords say) {
    List<Notice> notices = new ArrayList<>();
    Payment payment = visit.link().payment();
    if (came == Return.UNREACHABLE) notices.add(Notice.warn(say.say("notice.unreachable")));
    if (came == Return.CANCELLED) notices.add(Notice.info(say.say("notice.cancelled")));
    if (payment == Payment.DECLINED) notices.add(Notice.warn(say.say("notice.declined")));
    if (payment == Payment.PART_PAID) notices.add(Notice.info(say.say("notice.part")));
    else if (visit.opened().changed()) notices.add(Notice.info(changed(visit, say)));
    return notices;
  }

  private static String changed(Visit visit, PageWords say) {
    OpenedLink opened = visit.opened();
    BigDecimal before = opened.link().amount();
    BigDecimal due = opened.due();
    if (before == null || due == null) return say.say("notice.changed.unknown");
    String currency = opened.link().currency();
    return say.say("notice.changed", say.money(before, currency), say.money(due, currency));
  }
}
