package org.postroom.outbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;

/** Finished messages of company co_1, account acc_1, for tests that need no composer. */
public final class DraftsForTests {
  public static final AccountKey ACCOUNT = new AccountKey("co_1", "acc_1");

  private DraftsForTests() {}

  /** The message's id stands in its content, so that an arrival tells which it was. */
  public static Draft to(List<String> addresses) {
    String id = Ids.next("msg");
    return new Draft(
        ACCOUNT.company(),
        id,
        ACCOUNT.account(),
        Address.parse("Acme <s@acme.example>"),
        Address.of("s@acme.example"),
        "<" + id + "@acme.example>",
        "Hello",
        addresses.stream().map(a -> new Draft.To(Address.of(a), RecipientRole.TO)).toList(),
        ("Message-ID: <" + id + "@acme.example>\r\nSubject: x\r\n\r\nhello\r\n")
            .getBytes(StandardCharsets.UTF_8),
        false,
        null,
        new Message.Origin("key", "key_1", "ERP"),
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

  public static Draft to(String... addresses) {
    return to(List.of(addresses));
  }
}
