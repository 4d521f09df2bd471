package org.postroom.delivery;

import java.util.List;
import org.postroom.environment.Environment;
import org.postroom.environment.Leaving;
import org.postroom.environment.TestModes;
import org.postroom.outbox.Claim;
import org.springframework.stereotype.Component;

/** Whether anything goes from here at all, for whom, and whether an account is needed for that. */
@Component
class Gate {
  private final Environment environment;
  private final TestModes modes;
  private final BlockedRecipients blocked;

  Gate(Environment environment, TestModes modes, BlockedRecipients blocked) {
    this.environment = environment;
    this.modes = modes;
    this.blocked = blocked;
  }

  /** A copy that nobody has said anything about: nothing is even begun. */
  boolean shut() {
    return environment.muted();
  }

  /** What may leave of the company's mail. */
  Leaving leaving(String company) {
    return modes.leaving(company);
  }

  /** All mail of the company is kept here: whether its account works is nobody's concern. */
  boolean keepsAll(String company) {
    return leaving(company) instanceof Leaving.Nothing;
  }

  /** Claims without blocked recipients, and without those that have no others. */
  List<Claim> open(List<Claim> taken) {
    return blocked.leaveOut(taken);
  }
}
