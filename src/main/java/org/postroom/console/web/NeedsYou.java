package org.postroom.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.automations.Automation;
import org.postroom.automations.Obstacles;
import org.postroom.automations.Obstacles.Obstacle;
import org.postroom.compose.Unaddressed;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Counts;
import org.postroom.outbox.DayCount;
import org.postroom.outbox.MessageState;
import org.springframework.stereotype.Component;

/** What waits for a person, the worst first. */
@Component
class NeedsYou {
  private final Accounts accounts;
  private final Counts counts;
  private final Unaddressed unaddressed;
  private final ByItself byItself;
  private final Obstacles obstacles;

  NeedsYou(
      Accounts accounts,
      Counts counts,
      Unaddressed unaddressed,
      ByItself byItself,
      Obstacles obstacles) {
    this.obstacles = obstacles;
    this.accounts = accounts;
    this.counts = counts;
    this.unaddressed = unaddressed;
    this.byItself = byItself;
  }

  /**
   * @param kind {@code fail} or {@code warn}
   * @param path where it is settled
   */
  record Item(String kind, String icon, String what, String why, String path, String action) {}

  /**
   * @param lately the days whose refused messages are still of interest
   * @param cameBack messages of those days that came back and were not sent once more
   */
  List<Item> of(Caller caller, List<DayCount> lately, long cameBack) {
    List<Item> items = new ArrayList<>();
    for (Account account : accounts.unhealthy(caller.company()))
      items.add(account(caller, account));
    obstacles
        .all(caller.company())
        .forEach((automation, found) -> items.add(automatic(automation, found.getFirst())));
    unaddressed(items, unaddressed.open(caller.company()).size());
    items.addAll(byItself.of(caller));
    Map<MessageState, Long> now = counts.states(caller);
    add(
        items,
        "warn",
        "question",
        now.getOrDefault(MessageState.UNCLEAR, 0L),
        "may or may not have arrived",
        "Somebody must decide whether to send again.",
        "unclear");
    add(
        items,
        "warn",
        "pause",
        now.getOrDefault(MessageState.HELD, 0L),
        "on hold",
        "The reason stands with each of them.",
        "held");
    long refused = lately.stream().mapToLong(day -> day.of(MessageState.NOT_SENT)).sum();
    add(
        items,
        "fail",
        "cross",
        refused,
        "not sent in the last " + lately.size() + " days",
        "Correct the address and resend, or try again.",
        "not_sent");
    if (cameBack > 0)
      items.add(
          new Item(
              "fail",
              "bounce",
              messages(cameBack) + " came back in the last " + lately.size() + " days",
              "Correct the address and resend.",
              "/outbox?tab=came_back",
              "Show"));
    return items;
  }

  private static Item automatic(Automation automation, Obstacle obstacle) {
    return new Item(
        "fail",
        "warning",
        "The automatic email “" + automation.title() + "” is on, but not working",
        obstacle.words(),
        obstacle.path(),
        obstacle.action());
  }

  private static void unaddressed(List<Item> items, int count) {
    if (count == 0) return;
    items.add(
        new Item(
            "fail",
            "warning",
            (count == 1 ? "1 document has" : count + " documents have") + " nobody to go to",
            "Add an address, then send.",
            "/no-address",
            "Show"));
  }

  private Item account(Caller caller, Account account) {
    long waiting = counts.waitingFor(new AccountKey(account.company(), account.id()));
    String held =
        waiting == 0 ? "" : " " + messages(waiting) + (waiting == 1 ? " waits." : " wait.");
    String reason = account.health().reason();
    boolean mine = caller.may(Right.MANAGE_ACCOUNTS);
    return new Item(
        "fail",
        "warning",
        "“" + account.name() + "” cannot send at the moment",
        (reason == null ? "" : reason) + held,
        mine ? "/accounts/" + account.id() : "/outbox",
        mine ? "Repair it" : "See what waits");
  }

  private static void add(
      List<Item> items,
      String kind,
      String icon,
      long count,
      String what,
      String why,
      String state) {
    if (count == 0) return;
    items.add(
        new Item(kind, icon, messages(count) + " " + what, why, "/outbox?state=" + state, "Show"));
  }

  private static String messages(long count) {
    return count == 1 ? "1 message" : Counts.words(count) + " messages";
  }
}
