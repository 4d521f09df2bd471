package org.postroom.transport.graph;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.postroom.net.Call;
import org.postroom.transport.Login;
import org.postroom.transport.rest.Patience;

/** The mailbox we send from, as Graph addresses it. */
record Mailbox(Login.Graph login, Patience patience) {
  private static final int MOST_ANSWER = 1 << 20;

  /**
   * @param path below the mailbox, such as {@code /sendMail}
   */
  Call call(String method, String path, String contentType, byte[] body) {
    URI uri = URI.create(root() + path);
    Call call =
        new Call(method, uri, Map.of(), body, patience.with(body.length), MOST_ANSWER)
            .bearer(login.accessToken())
            .header("Accept", "application/json")
            // Otherwise a message gets another id when it leaves the drafts.
            .header("Prefer", "IdType=\"ImmutableId\"");
    return body.length == 0 ? call : call.header("Content-Type", contentType);
  }

  Call json(String path, byte[] body) {
    return call("POST", path, "application/json", body);
  }

  Call bare(String method, String path) {
    return call(method, path, "", new byte[0]);
  }

  /** For evidence: who this is. */
  String name() {
    return login.mailbox() == null ? "the signed-in mailbox" : login.mailbox();
  }

  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String root() {
    String service = login.service().toString().replaceAll("/+$", "");
    String mailbox = login.mailbox();
    return service + "/v1.0/" + (mailbox == null ? "me" : "users/" + segment(mailbox));
  }
}
