package org.postroom.reminders;

import java.util.List;
import org.postroom.reminders.NextRun.Item;

/**
 * What is to be done for one customer.
 *
 * @param mails the items of each mail that goes, in order
 * @param kept what has a step due and does not go now
 * @param passed what will never go
 */
record Decision(List<List<Item>> mails, List<Kept> kept, List<Passed> passed) {
  record Kept(Item item, Why why) {}

  /** A step that is left behind for good. */
  record Passed(String invoice, int step, Why why) {}

  boolean isNothing() {
    return mails.isEmpty() && kept.isEmpty() && passed.isEmpty();
  }
}
