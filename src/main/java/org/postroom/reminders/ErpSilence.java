package org.postroom.reminders;

import java.util.List;
import org.postroom.http.Banner;
import org.springframework.stereotype.Component;

/** Reminders that pause because nobody knows what was paid: no silent stop. */
@Component
class ErpSilence implements Banner {
  private final LookAhead lookAhead;

  ErpSilence(LookAhead lookAhead) {
    this.lookAhead = lookAhead;
  }

  @Override
  public List<Notice> notices(String company) {
    if (!lookAhead.isOn(company)) return List.of();
    return lookAhead.pause(company).map(ErpSilence::notice).stream().toList();
  }

  private static Notice notice(String sentence) {
    return new Notice(
        Kind.WARN,
        sentence,
        "Nobody is reminded of what may be paid already. Reminders go on by themselves as soon as the"
            + " ERP tells about payments again.",
        List.of(new Link("/reminders", "See what waits"), new Link("/reminders/ladder", "Settings")));
  }
}
