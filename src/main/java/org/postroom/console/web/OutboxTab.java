package org.postroom.console.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.Hold;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.RecipientState;

/** The tabs of the outbox, in their order. */
enum OutboxTab {
  ALL("All", EnumSet.noneOf(MessageState.class)),
  NEEDS_YOU("Needs you", EnumSet.of(MessageState.HELD, MessageState.UNCLEAR)),
  APPROVALS("Approvals", EnumSet.of(MessageState.HELD)),
  WAITING("Waiting", EnumSet.of(MessageState.QUEUED, MessageState.SENDING, MessageState.DELAYED)),
  NOT_SENT("Not sent", EnumSet.of(MessageState.NOT_SENT)),
  CAME_BACK("Came back", EnumSet.of(MessageState.SENT)),
  SENT("Sent", EnumSet.of(MessageState.SENT));

  private final String title;
  private final Set<MessageState> states;

  OutboxTab(String title, Set<MessageState> states) {
    this.title = title;
    this.states = Set.copyOf(states);
  }

  public String title() {
    return title;
  }

  /** The word in the address bar. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Set<MessageState> states() {
    return states;
  }

  /** What messages of this tab are held for, null: whatever. */
  @Nullable Hold hold() {
    return this == APPROVALS ? Hold.APPROVAL : null;
  }

  /** How somebody's copy of its messages stands, null: however. */
  @Nullable RecipientState recipient() {
    return this == CAME_BACK ? RecipientState.BOUNCED : null;
  }

  long count(Map<MessageState, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> states.isEmpty() || states.contains(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  static OutboxTab of(@Nullable String word) {
    return Arrays.stream(values()).filter(tab -> tab.word().equals(word)).findFirst().orElse(ALL);
  }
}
