package org.postroom.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.Notifications.Seen;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class NotificationsTests {
  @Parameter TestDatabase kind;
  private Database database;
  private Notifications notifications;

  @BeforeEach
  void open() {
    database = kind.open(Instant::now);
    notifications = new Notifications(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theSameNewsIsToldOnce() {
    notifications.publish(news("acme", "IR-1"));
    notifications.publish(news("acme", "IR-1"));
    notifications.publish(news("other", "IR-1"));
    assertThat(notifications.list("acme", 50, null).data()).hasSize(1);
    assertThat(notifications.list("other", 50, null).data()).hasSize(1);
  }

  @Test
  void whatDidNotComeTrueIsNotTold() {
    assertThatThrownBy(() ->
            database.run(sql -> {
              notifications.publish(news("acme", "IR-1"));
              throw new IllegalStateException("it was not so");
            }))
        .hasMessageContaining("it was not so");
    assertThat(notifications.list("acme", 50, null).data()).isEmpty();
  }

  @Test
  void eachPersonHasReadSomeOfIt() {
    for (int i = 1; i <= 3; i++) notifications.publish(news("acme", "IR-" + i));
    Caller maria = person("acme", "usr_maria");
    Caller tom = person("acme", "usr_tom");
    List<Seen> all = notifications.list(maria, 50, null).data();
    assertThat(all)
        .extracting(seen -> seen.notification().documentNumber())
        .containsExactly("IR-3", "IR-2", "IR-1");
    notifications.markRead(maria, all.get(1).notification().id());
    notifications.markRead(maria, all.get(1).notification().id());
    assertThat(notifications.list(maria, 50, null).data())
        .extracting(Seen::read)
        .containsExactly(false, true, false);
    assertThat(notifications.unread("acme", "usr_maria")).isEqualTo(2);
    assertThat(notifications.unread("acme", "usr_tom")).isEqualTo(3);

    notifications.markReadUpTo(tom, all.get(1).notification().id());
    assertThat(notifications.list(tom, 50, null).data())
        .extracting(Seen::read)
        .containsExactly(false, true, true);
  }

  @Test
  void anotherCompanysNotificationsAreNotThere() {
    notifications.publish(news("other", "IR-1"));
    String id = notifications.list("other", 50, null).data().getFirst().id();
    Caller maria = person("acme", "usr_maria");
    assertThatThrownBy(() -> notifications.markRead(maria, id)).isInstanceOf(Problem.class);
    notifications.markReadUpTo(maria, "ntf_~");
    assertThat(notifications.unread("other", "usr_maria")).isEqualTo(1);
    assertThat(notifications.unread("acme", "usr_maria")).isZero();
  }

  @Test
  void listsGoOnWhereTheyEnded() {
    for (int i = 1; i <= 5; i++) notifications.publish(news("acme", "IR-" + i));
    var first = notifications.list("acme", 3, null);
    assertThat(first.hasMore()).isTrue();
    assertThat(notifications.list("acme", 3, first.nextCursor()).data())
        .extracting(Notification::documentNumber)
        .containsExactly("IR-2", "IR-1");
  }

  @Test
  void onlyTheNewestAreKeptAndNoneForLong() {
    database.run(sql -> {
      for (int i = 0; i < Notifications.MOST + 3; i++)
        notifications.publish(news("acme", "IR-" + i));
    });
    Caller maria = person("acme", "usr_maria");
    notifications.markReadUpTo(maria, "ntf_~");
    assertThat(rows("notifications")).isEqualTo(Notifications.MOST);
    notifications.publish(news("acme", "IR-last"));
    assertThat(rows("notifications")).isEqualTo(Notifications.MOST);
    assertThat(rows("notification_reads")).isEqualTo(Notifications.MOST - 1);

    var later = new Notifications(database);
    database.run(sql -> NotificationRows.forget(sql, Instant.now().plus(Duration.ofDays(1))));
    assertThat(later.list("acme", 50, null).data()).isEmpty();
    assertThat(rows("notification_reads")).isZero();
  }

  @Test
  void longWordsAreShortenedAndForeignLinksRefused() {
    notifications.publish(
        new NewNotification(
            "acme", "x", Kind.OTHER, "t".repeat(500), "w".repeat(5000), null, null, "/x"));
    Notification told = notifications.list("acme", 1, null).data().getFirst();
    assertThat(told.title()).hasSize(200).endsWith("…");
    assertThat(told.text()).hasSize(2000);
    for (String foreign : List.of("https://evil.example", "//evil.example", "/\\evil.example"))
      assertThatThrownBy(() -> news("acme", "y").link(foreign))
          .isInstanceOf(IllegalArgumentException.class);
  }

  private long rows(String table) {
    return database.read(
        sql -> sql.sql("SELECT count(*) FROM " + table).query(Long.class).single());
  }

  private static NewNotification news(String company, String number) {
    return NewNotification.of(
        company, "evt/" + number, Kind.GOODS_RECEIVED, "Goods received", "item_receipt", number);
  }

  private static Caller person(String company, String id) {
    return new Caller(
        company, Caller.Kind.PERSON, id, "Maria", "m@acme.example", java.util.Set.of(), false);
  }
}
