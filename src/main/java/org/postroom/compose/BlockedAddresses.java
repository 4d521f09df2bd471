package org.postroom.compose;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postroom.access.Company;
import org.postroom.http.Problem;
import org.postroom.outbox.Draft;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Component;

/** Who of those a mail is written to will not get it, said while there is time to do something. */
@Component
class BlockedAddresses {
  private final Suppressions suppressions;

  BlockedAddresses(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  Found among(Company company, List<Draft.To> recipients) {
    List<String> addresses = recipients.stream().map(to -> to.address().spec()).toList();
    Map<String, Suppression> blocked = suppressions.among(company.id(), addresses);
    if (blocked.isEmpty()) return new Found(List.of(), false);
    List<String> sentences = new ArrayList<>();
    ZoneId zone = company.timeZone();
    for (String address : addresses) {
      Suppression one = blocked.get(address);
      if (one != null) sentences.add(address + " is " + one.sentence(zone) + ".");
    }
    return new Found(sentences, blocked.size() == addresses.size());
  }

  /**
   * @param sentences one for each that is blocked
   */
  record Found(List<String> sentences, boolean all) {

    /** Whoever sends by hand may unblock first; a mail that makes itself is left out. */
    void refuseIfAll() {
      if (all) throw Problem.invalid("/to", Composer.BLOCKED, String.join(" ", sentences));
    }

    List<String> warnings() {
      if (sentences.isEmpty()) return List.of();
      String effect =
          all
              ? " Nobody else is left: unblock the address first, or it is not sent."
              : " It gets nothing unless somebody unblocks it.";
      return sentences.stream().map(sentence -> sentence + effect).toList();
    }
  }
}
