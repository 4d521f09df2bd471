package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** What was sent by hand can be taken back until it leaves, and is sent once even so. */
@ParameterizedClass
@EnumSource
class UndoTests {
  private static final Map<String, String> WRITTEN =
      Map.of("to", "anna@contoso.example", "subject", "Price list", "text", "Here it is.");

  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private Browser browser;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
    browser = Browser.signedIn(postroom);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void takenBackItIsADraftAgainAndThenLeavesOnce() {
    undoSeconds(120);
    Page page = browser.open("/send/message");
    String draft = page.path().substring("/send/drafts/".length());
    attach(draft, "prices.txt");
    Page sent = send(page, WRITTEN);
    assertThat(sent.html().selectFirst(".notice h2").text()).startsWith("Sending in 1");
    String first = id(sent);
    Page back = browser.submit(sent, "form[action$=undo]", Map.of());
    assertThat(back.path()).isEqualTo(page.path());
    assertThat(back.html().selectFirst("#text").wholeText().strip()).isEqualTo("Here it is.");
    assertThat(back.html().select(".files").text()).contains("prices.txt");
    assertThat(state(first)).isEqualTo("cancelled");
    assertThat(browser.open("/send").html().select("a[href$=" + draft + "]").text())
        .isEqualTo("Price list");

    undoSeconds(0);
    String second = id(send(back, Map.of()));
    assertThat(second).isNotEqualTo(first);
    eventually(() -> state(second), state -> state.equals("sent"));
    assertThat(json(postroom.get("/api/v1/local_messages")).get("data").size()).isEqualTo(1);
    assertThat(browser.submit(sent, "form[action$=undo]", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void whatIsScheduledIsEditedAndWhatLeftIsNot() {
    Map<String, String> later = new HashMap<>(WRITTEN);
    later.putAll(Map.of("when", "at", "at", tomorrow()));
    Page waiting = send(browser.open("/send/message"), later);
    assertThat(waiting.html().select("form[action$=undo]").text()).isEqualTo("Back to the draft");
    Page back = browser.submit(waiting, "form[action$=undo]", Map.of());
    assertThat(back.html().selectFirst("#at").attr("value")).isEqualTo(tomorrow());

    undoSeconds(0);
    Page gone = send(back, Map.of("when", "now"));
    eventually(() -> state(id(gone)), state -> state.equals("sent"));
    assertThat(browser.open(gone.path()).html().select("form[action$=undo]")).isEmpty();
    Page late = browser.submit(waiting(gone), "form", Map.of());
    assertThat(late.html().select("[role=alert]").text()).contains("too late");
    assertThat(state(id(gone))).isEqualTo("sent");
  }

  @Test
  void filesOfADraftGoWhenItsMessageIsSettled() {
    undoSeconds(120);
    Page page = browser.open("/send/message");
    attach(page.path().substring("/send/drafts/".length()), "prices.txt");
    Page sent = send(page, WRITTEN);
    postroom.bean(Undo.class).forgetFiles();
    assertThat(files()).isEqualTo(1);
    postroom.post("/api/v1/messages/" + id(sent) + "/cancel", "");
    postroom.bean(Undo.class).forgetFiles();
    assertThat(files()).isZero();
  }

  /** A page that still shows the button of a message that left meanwhile. */
  private Page waiting(Page message) {
    String form = "<form action='" + message.path() + "/undo'></form>";
    var page = org.jsoup.Jsoup.parse(form);
    browser.open(message.path()).html().select("input[name=_csrf]").stream()
        .findFirst()
        .ifPresent(token -> page.selectFirst("form").appendChild(token));
    return new Page(200, message.path(), message.response(), page);
  }

  private long files() {
    return postroom
        .bean(Database.class)
        .read(
            sql -> sql.sql("SELECT count(*) FROM message_draft_files").query(Long.class).single());
  }

  private void attach(String draft, String name) {
    postroom
        .bean(Database.class)
        .run(sql ->
            MessageDraftRows.add(
                sql,
                company(),
                draft,
                new MessageDraft.File("fil_1", name, "text/plain", 3),
                new byte[] {1, 2, 3}));
  }

  private void undoSeconds(int seconds) {
    postroom
        .bean(Sending.class)
        .choose(Caller.postroom(company()), new SendingChoices(seconds, false, 30));
  }

  private String company() {
    return postroom.bean(Access.class).companies().getFirst().id();
  }

  private String state(String id) {
    return json(postroom.get("/api/v1/messages/" + id)).get("state").stringValue();
  }

  private Page send(Page page, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("action", "send");
    return browser.submit(page, "#letter", all);
  }

  private static String id(Page message) {
    assertThat(message.path()).startsWith("/messages/msg_");
    return message.path().substring("/messages/".length());
  }

  private static String tomorrow() {
    return java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(1) + "T17:00";
  }
}
