package org.postroom.compose.web;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** Whether a document went out already: when, to whom and by whom. */
@Component
class SentBefore {
  private static final int NAMED = 3;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
  private static final Set<MessageState> ON_ITS_WAY =
      Set.of(
          MessageState.SENT,
          MessageState.QUEUED,
          MessageState.SENDING,
          MessageState.DELAYED,
          MessageState.HELD,
          MessageState.UNCLEAR);

  private final Outbox outbox;

  SentBefore(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Asked for the company: that somebody else sent it already is what one needs to know. */
  @Nullable String words(String company, @Nullable DocumentRef document, ZoneId zone) {
    if (document == null) return null;
    var filter = MessageFilter.ALL.document(document.kind(), document.number()).states(ON_ITS_WAY);
    List<Message> before = outbox.list(Caller.postroom(company), filter, 1, null).data();
    if (before.isEmpty()) return null;
    Message last = before.getFirst();
    String when = DAY.format(last.createdAt().atZone(zone));
    String how =
        last.state() == MessageState.SENT ? "Already sent on " : "Already on its way since ";
    return how + when + " to " + people(last) + " by " + last.origin().name() + ".";
  }

  /** Hidden copies stay hidden. */
  private static String people(Message message) {
    List<String> all =
        message.recipients().stream()
            .filter(to -> to.role() != RecipientRole.BCC)
            .map(to -> to.address().spec())
            .toList();
    String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    if (named.isEmpty()) return "hidden recipients";
    return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
  }
}
