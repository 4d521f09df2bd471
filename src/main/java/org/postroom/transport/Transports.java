package org.postroom.transport;

import java.util.List;
import org.springframework.stereotype.Component;

/** Finds the adapter that speaks a login. */
@Component
public class Transports {
  private final List<Transport> adapters;

  public Transports(List<Transport> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  /** Tries once to hand the message over, see {@link Transport#submit}. */
  public Outcome submit(Submission submission, Login login, Conversation conversation) {
    return adapter(login).submit(submission, login, conversation);
  }

  /** Looks for a message whose answer was lost, see {@link Transport#trace}. */
  public Trace trace(Login login, String messageId) {
    return adapter(login).trace(login, messageId);
  }

  private Transport adapter(Login login) {
    return adapters.stream()
        .filter(adapter -> adapter.speaks(login))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("No adapter speaks " + login.getClass().getSimpleName()));
  }
}
