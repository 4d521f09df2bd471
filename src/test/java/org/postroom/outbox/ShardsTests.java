package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/**
 * Two shards, simulated: two PostgreSQL databases, companies spread by a hash of their id, the
 * outbox' statements unchanged on each. See docs/scale.md.
 */
class ShardsTests {
  private static final int COMPANIES = 40;
  private static final int EACH = 3;
  private final TestClock clock = new TestClock(Instant.parse("2026-10-26T12:00:00Z"));
  private List<Database> shards;

  @BeforeEach
  void open() {
    shards = IntStream.range(0, 2).mapToObj(n -> TestDatabase.POSTGRESQL.open(clock)).toList();
  }

  @AfterEach
  void close() {
    shards.forEach(Database::close);
  }

  @Test
  void eachCompanysMailLivesLeavesAndIsCountedOnItsShardOnly() {
    for (int company = 0; company < COMPANIES; company++)
      for (int i = 0; i < EACH; i++) accept("co_" + company, "acc_1");
    Map<Integer, Set<String>> companies = new HashMap<>();
    for (int shard = 0; shard < 2; shard++) {
      Set<String> here = Set.copyOf(text(shards.get(shard), "SELECT company_id FROM messages"));
      companies.put(shard, here);
      int number = shard;
      assertThat(here).allMatch(company -> shardOf(company) == number);
    }
    assertThat(companies.get(0)).isNotEmpty().doesNotContainAnyElementsOf(companies.get(1));
    assertThat(companies.get(0).size() + companies.get(1).size()).isEqualTo(COMPANIES);

    int claimed = 0;
    for (int shard = 0; shard < 2; shard++) {
      Claims claims = new Claims(shards.get(shard), event -> {});
      List<AccountKey> waiting = claims.waitingAccounts();
      assertThat(waiting.stream().map(AccountKey::company).collect(Collectors.toSet()))
          .isEqualTo(companies.get(shard));
      for (AccountKey key : waiting)
        claimed += claims.claim(key, 2, 0, "node", Duration.ofSeconds(45)).size();
    }
    assertThat(claimed).as("two of three, on both shards").isEqualTo(COMPANIES * 2);
  }

  private void accept(String company, String account) {
    String id = Ids.next("msg");
    new Outbox(shards.get(shardOf(company)), event -> {})
        .accept(
            new Draft(
                company,
                id,
                account,
                Address.of("me@acme.example"),
                Address.of("me@acme.example"),
                "<" + id + "@acme.example>",
                "Hello",
                List.of(new Draft.To(Address.of("a@x.example"), RecipientRole.TO)),
                "Subject: Hello\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII),
                false,
                null,
                new Message.Origin("person", "maria", "maria"),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                null));
  }

  private static int shardOf(String company) {
    return Math.floorMod(company.hashCode(), 2);
  }

  private static List<String> text(Database shard, String query) {
    return new ArrayList<>(shard.read(sql -> sql.sql(query).query(String.class).list()));
  }
}
