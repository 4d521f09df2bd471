package org.postroom.domains;

import java.util.List;
import org.postroom.mail.Address;

/**
 * What an address led to.
 *
 * @param suggestions the best first; none where nothing was found
 * @param notAsked who could not be asked, as sentences: there might be more
 */
public record Discovered(Address address, List<Suggestion> suggestions, List<String> notAsked) {
  public Discovered {
    suggestions = List.copyOf(suggestions);
    notAsked = List.copyOf(notAsked);
  }
}
