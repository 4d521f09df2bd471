package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.mail.MailContent;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** The pages of sending by hand as people see them, on a desktop and on a phone. */
@ExtendWith(WithChromium.class)
class SendLookTests {
  private static final String PUBLIC = "https://post.acme.example";
  private static RunningPostroom postroom;
  private static Caller me;
  private static String waits;
  private static String files;

  @BeforeAll
  static void start() throws Exception {
    postroom = RunningPostroom.start(Map.of("POSTROOM_PUBLIC_URL", PUBLIC));
    Access access = postroom.bean(Access.class);
    String company = access.companies().getFirst().id();
    me = access.caller(access.people(company).getFirst().id(), company).orElseThrow();
    postroom.bean(Sending.class).choose(me, new SendingChoices(120, true, 30));
    put(
        "partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example"]},
         "contacts": [{"name": "Anna de Vries", "email": "anna@contoso.example", "roles": ["purchasing"]}]}
        """);
    for (String path : List.of("invoice/INV-1", "invoice/INV-2", "packing_slip/PS-7"))
      put(
          "documents/" + path,
          "{\"partner\": \"contoso\", \"issue_date\": \"2026-11-02\", \"currency\": \"EUR\", \"references\": {\"order\": \"4711\"}, \"lines\": [{\"description\": \"Rye flour\", \"amount\": \"30.00\"}]}");
    put(
        "documents/invoice/INV-9",
        "{\"currency\": \"EUR\", \"lines\": [{\"description\": \"Rye flour\", \"amount\": \"30.00\"}]}");
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2\"}, \"send_at\": \"2099-01-01T10:00:00Z\"}");
    waits = json(sent).get("id").stringValue();
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql(
                    "UPDATE messages SET state = 'held', hold = 'APPROVAL', origin_id = 'usr_x',"
                        + " note = 'Waits for approval. Rule “Large invoices”: Ask Anna first.' WHERE id = :id")
                .param("id", waits)
                .update());
    files = files();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void everyPageIsWellMade(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        written(tab);
        many(tab);
        look(tab, "/company/sending", "sending");
        look(tab, "/messages/" + waits, "approval");
        look(tab, "/outbox?tab=approvals", "approvals");
        look(tab, "/send", "send-begun");
        look(tab, files, "files");
      }
  }

  private static void written(Tab tab) {
    MessageDrafts drafts = postroom.bean(MessageDrafts.class);
    MessageDraft draft = drafts.start(me, new DocumentRef("invoice", "INV-1"));
    draft = drafts.takeWords(me, draft);
    look(tab, "/send/drafts/" + draft.id(), "draft");
    String message = drafts.send(me, draft);
    look(tab, "/messages/" + message, "undo");
    postroom.bean(Undo.class).undo(me, message);
  }

  private static void many(Tab tab) {
    Bulk bulk = postroom.bean(Bulk.class);
    List<DocumentRef> documents =
        List.of(
            new DocumentRef("invoice", "INV-1"),
            new DocumentRef("invoice", "INV-2"),
            new DocumentRef("packing_slip", "PS-7"),
            new DocumentRef("invoice", "INV-9"));
    BulkDraft draft = bulk.start(me, documents);
    BulkDraft.Wish wish = draft.wish();
    draft = bulk.change(me, draft.id(), new BulkDraft.Wish(wish.items(), true, "", "", false, ""));
    look(tab, "/send/bulk/" + draft.id(), "bulk");
    bulk.send(me, draft);
    look(tab, "/send/bulk/" + draft.id(), "bulk-sent");
    bulk.undo(me, bulk.get(me, draft.id()));
    look(tab, "/documents", "documents-pick");
  }

  private static void look(Tab tab, String path, String name) {
    int status = tab.open(postroom.url() + path).status();
    assertThat(status).as(path).isEqualTo(200);
    tab.screenshot("hand-" + name + "-" + tab.page().viewportSize().width);
    tab.assertWellMade();
  }

  private static String files() throws Exception {
    String account =
        json(postroom.post(
                "/api/v1/accounts",
                "{\"kind\": \"local\", \"name\": \"Small\", \"email\": \"s@acme.example\", \"limits\": {\"message_bytes\": 100000}}"))
            .get("id")
            .stringValue();
    String content = Base64.getEncoder().encodeToString(new byte[200_000]);
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            "{\"subject\": \"Plans\", \"text\": \"Here.\", \"to\": [\"a@b.example\"], \"account\": \"%s\", \"attachments\": [{\"filename\": \"Plan of the new hall.pdf\", \"content\": \"%s\"}]}"
                .formatted(account, content));
    String id = json(sent).get("id").stringValue();
    String text =
        MailContent.read(postroom.bytes("/api/v1/messages/" + id + "/content").body()).text();
    int at = text.indexOf(PUBLIC) + PUBLIC.length();
    return text.substring(at, at + "/files/".length() + 43);
  }

  private static void put(String path, String body) {
    HttpResponse<String> reply = postroom.put("/api/v1/" + path, body);
    assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
  }
}
