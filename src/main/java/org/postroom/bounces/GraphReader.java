package org.postroom.bounces;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Answer;
import org.postroom.net.Web;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads by Microsoft Graph, in the order mails came. The mark is the time of the last one with the
 * ids of all that came in the same second, for several may.
 */
@Component
class GraphReader implements MailboxReader {
  private static final int MOST_MAIL = 32 * 1024 * 1024;

  private final Web web;

  GraphReader(Web web) {
    this.web = web;
  }

  @Override
  public boolean reads(Where where) {
    return where instanceof Where.Graph;
  }

  @Override
  public void read(Where where, Instant since, Sink sink) throws CannotRead {
    Where.Graph graph = (Where.Graph) where;
    var service = graph.login().service();
    var mailbox = new RestMailbox(web, service, graph.login().accessToken(), "Microsoft");
    String owner =
        graph.login().mailbox() == null
            ? "/v1.0/me"
            : "/v1.0/users/" + encoded(graph.login().mailbox());
    read(mailbox, service, owner, "inbox", since, sink);
    if (graph.folders().junk()) read(mailbox, service, owner, "junkemail", since, sink);
  }

  private static void read(
      RestMailbox mailbox, URI service, String owner, String folder, Instant since, Sink sink)
      throws CannotRead {
    Mark mark = Mark.parse(sink.position().mark("graph/" + folder).orElse(null), since);
    @Nullable String next = first(owner, folder, mark.at());
    while (next != null && !sink.enough()) {
      JsonNode page = mailbox.list(next);
      for (JsonNode one : page.path("value")) {
        if (sink.enough()) return;
        Mark at = new Mark(received(one, mark.at()), Set.of(one.path("id").asString("")));
        if (mark.has(at)) continue;
        take(mailbox, owner, at, sink);
        mark = mark.then(at);
        sink.reached("graph/" + folder, mark.text());
      }
      next = next(page, service);
    }
  }

  private static void take(RestMailbox mailbox, String owner, Mark mail, Sink sink)
      throws CannotRead {
    String id = mail.ids().iterator().next();
    Optional<Answer.Given> mime =
        mailbox.one(owner + "/messages/" + encoded(id) + "/$value", MOST_MAIL);
    if (mime.isPresent()) sink.take(mime.get().body(), mail.at());
  }

  private static String first(String owner, String folder, Instant since) {
    return owner
        + "/mailFolders/"
        + folder
        + "/messages?$select=id,receivedDateTime&$top=50&$orderby=receivedDateTime&$filter="
        + encoded("receivedDateTime ge " + since.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Only where it leads back to the same service. */
  private static @Nullable String next(JsonNode page, URI service) {
    String link = page.path("@odata.nextLink").asString("");
    String base = service.toString().replaceAll("/+$", "") + "/";
    return link.startsWith(base) ? link.substring(base.length() - 1) : null;
  }

  private static Instant received(JsonNode mail, Instant otherwise) {
    try {
      return Instant.parse(mail.path("receivedDateTime").asString(""));
    } catch (DateTimeException unreadable) {
      return otherwise;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
