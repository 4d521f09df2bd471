package org.postroom.findings;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider we know, by its hosts or by the way its replies are signed.
 *
 * @param hosts matches a whole host name
 * @param replies found in a reply; null where they are not signed
 * @param protocols those that only this provider speaks
 * @param ports where it takes mail; empty: not known
 * @param submission the hosts a misspelt name may mean
 */
record Provider(
    String id,
    Pattern hosts,
    @Nullable Pattern replies,
    List<Symptom.Protocol> protocols,
    List<String> ports,
    List<String> submission) {

  boolean speaks(Symptom.Protocol protocol, String host, String text) {
    return protocols.contains(protocol)
        || hosts.matcher(host).matches()
        || (replies != null && replies.matcher(text).find());
  }

  /** Whether mail can be handed in there; what is not known is not ruled out. */
  boolean takes(String port) {
    return ports.isEmpty() || ports.contains(port);
  }
}
