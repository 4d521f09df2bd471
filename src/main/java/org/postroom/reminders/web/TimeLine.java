package org.postroom.reminders.web;

import java.util.ArrayList;
import java.util.List;
import org.postroom.reminders.ReminderPlan;

/**
 * A ladder drawn as a line in time, in the units of its picture.
 *
 * @param summary the same in words, for whoever does not see it
 * @param due where the day is on which the invoice is due
 */
record TimeLine(String summary, int due, List<Mark> marks) {
  static final int WIDTH = 640;
  private static final int LEFT = 44;
  private static final int RIGHT = WIDTH - 60;
  private static final int APART = 54;

  /**
   * One step on the line.
   *
   * @param label such as "+7"
   * @param words such as "7 days after"
   */
  record Mark(int x, int number, String label, String words) {}

  static TimeLine of(List<ReminderPlan.Step> steps) {
    int first = Math.min(0, steps.getFirst().days());
    int last = Math.max(1, steps.getLast().days());
    double scale = (double) (RIGHT - LEFT) / (last - first);
    int due = place(0, first, scale);
    List<Mark> marks = new ArrayList<>();
    int free = 0;
    for (ReminderPlan.Step step : steps) {
      // Labels must not lie on each other; the order counts more than the exact place.
      int x = Math.max(place(step.days(), first, scale), free);
      marks.add(new Mark(x, marks.size() + 1, label(step.days()), words(step.days())));
      free = x + APART;
    }
    return new TimeLine(summary(marks), due, List.copyOf(pushedBack(marks)));
  }

  /** What was moved out of the picture is moved back, the later ones first. */
  private static List<Mark> pushedBack(List<Mark> marks) {
    int most = WIDTH - 24;
    List<Mark> back = new ArrayList<>();
    for (Mark mark : marks.reversed()) {
      int x = Math.min(mark.x(), most);
      back.addFirst(new Mark(x, mark.number(), mark.label(), mark.words()));
      most = x - APART;
    }
    return back;
  }

  private static int place(int day, int first, double scale) {
    return (int) Math.round(LEFT + (day - first) * scale);
  }

  private static String label(int days) {
    return days > 0 ? "+" + days : days < 0 ? "−" + -days : "0";
  }

  private static String words(int days) {
    if (days == 0) return "on the day it is due";
    String count = Math.abs(days) == 1 ? "1 day" : Math.abs(days) + " days";
    return count + (days > 0 ? " after" : " before") + " the due date";
  }

  private static String summary(List<Mark> marks) {
    List<String> parts =
        marks.stream().map(mark -> "step " + mark.number() + " " + mark.words()).toList();
    return "The ladder: " + String.join(", ", parts) + ".";
  }
}
