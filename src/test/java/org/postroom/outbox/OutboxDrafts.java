package org.postroom.outbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;

/** Small messages for tests that only count them. */
final class OutboxDrafts {
  private static final byte[] MIME = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);

  private OutboxDrafts() {}

  static Draft of(AccountKey account, boolean bulk, int recipients) {
    String id = Ids.next("msg");
    List<Draft.To> to =
        IntStream.range(0, recipients)
            .mapToObj(i -> new Draft.To(Address.of("r" + i + "@x.example"), RecipientRole.TO))
            .toList();
    return new Draft(
        account.company(),
        id,
        account.account(),
        Address.of("a@acme.example"),
        Address.of("a@acme.example"),
        "<" + id + "@acme.example>",
        "x",
        to,
        MIME,
        bulk,
        null,
        new Message.Origin("person", "per_1", "Maria"),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null);
  }
}
