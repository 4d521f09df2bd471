package org.postroom.delivery;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.postroom.access.Access;
import org.postroom.mail.Address;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.RecipientState;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Component;

/** Takes blocked addresses off messages that are about to go; the others get theirs. */
@Component
class BlockedRecipients {
  private static final int MOST_NAMED = 10;
  private final Suppressions suppressions;
  private final Claims claims;
  private final Access access;

  BlockedRecipients(Suppressions suppressions, Claims claims, Access access) {
    this.suppressions = suppressions;
    this.claims = claims;
    this.access = access;
  }

  /** What is left to send of one company's messages, asked for all of them at once. */
  List<Claim> leaveOut(List<Claim> taken) {
    if (taken.isEmpty()) return taken;
    String company = taken.getFirst().company();
    try {
      Map<String, Suppression> blocked =
          suppressions.among(
              company,
              taken.stream()
                  .flatMap(claim -> claim.envelope().recipients().stream())
                  .map(Address::spec)
                  .distinct()
                  .toList());
      return blocked.isEmpty() ? taken : without(taken, blocked);
    } catch (RuntimeException databaseAway) {
      claims.release(taken);
      throw databaseAway;
    }
  }

  private List<Claim> without(List<Claim> taken, Map<String, Suppression> blocked) {
    ZoneId zone = access.company(taken.getFirst().company()).timeZone();
    List<Claim> left = new ArrayList<>();
    for (Claim claim : taken) {
      Map<String, String> replies = new LinkedHashMap<>();
      for (Address recipient : claim.envelope().recipients()) {
        Suppression why = blocked.get(recipient.spec());
        if (why != null) replies.put(recipient.spec(), reply(why, zone));
      }
      if (replies.isEmpty()) left.add(claim);
      else
        claims
            .settleSome(
                claim, RecipientState.SUPPRESSED, replies, "message.suppressed", sentence(replies))
            .ifPresent(left::add);
    }
    return left;
  }

  private static String reply(Suppression blocked, ZoneId zone) {
    String sentence = blocked.sentence(zone);
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
  }

  private static String sentence(Map<String, String> replies) {
    String each =
        replies.entrySet().stream()
            .limit(MOST_NAMED)
            .map(one -> one.getKey() + " is b" + one.getValue().substring(1))
            .collect(Collectors.joining(" "));
    int more = replies.size() - MOST_NAMED;
    String rest = more > 0 ? " And " + more + " more." : "";
    return (replies.size() == 1 ? "Blocked address: " : "Blocked addresses: ") + each + rest;
  }
}
