package org.postroom.automations;

import java.time.Instant;

/** What an automation did that no business event sets off, told by whoever does its work. */
public interface AutomationHistory {
  Automation automation();

  /** Counted since the moment; the newest three outcomes whenever they were. */
  Automations.Tally tally(String company, Instant since);
}
