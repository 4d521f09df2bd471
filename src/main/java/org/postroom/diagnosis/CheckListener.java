package org.postroom.diagnosis;

import java.util.List;

/** Hears how a check goes, on the thread that asked for it. */
public interface CheckListener {
  CheckListener NOBODY = new CheckListener() {};

  /** All lines, before the first is looked at. */
  default void begins(List<CheckStage> stages) {}

  /** A line that was looked at: each is told once. */
  default void stage(CheckStage stage) {}
}
