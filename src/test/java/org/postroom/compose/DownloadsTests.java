package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.mail.MailContent;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** What is too large for its account is refused with the sizes, or goes by a link that ends. */
@ParameterizedClass
@EnumSource
class DownloadsTests {
  private static final String PUBLIC = "https://post.acme.example";

  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private final HttpClient stranger = HttpClient.newHttpClient();
  private String account;

  @BeforeEach
  void start() {
    Map<String, Object> settings = new java.util.HashMap<>(RunningPostroom.settings(database));
    settings.put("POSTROOM_PUBLIC_URL", PUBLIC);
    postroom = RunningPostroom.start(settings);
    String body =
        """
        {"kind": "local", "name": "Small box", "email": "small@acme.example", "limits": {"message_bytes": 200000}}
        """;
    HttpResponse<String> made = postroom.post("/api/v1/accounts", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    account = json(made).get("id").stringValue();
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void refusedWithBothSizesWhereLinksAreOff() {
    HttpResponse<String> refused = send(300_000, 10_000);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("/attachments", "0.4 MB", "0.2 MB", "Small box");
  }

  @Test
  void theLargestGoesByLinkAndTheRestWithTheMail() throws Exception {
    linksOn();
    HttpResponse<String> sent = send(300_000, 10_000);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    MailContent mail = mail(sent);
    assertThat(mail.attachments()).hasSize(1);
    assertThat(mail.attachments().getFirst().filename()).isEqualTo("file-2.bin");
    String link = link(mail.text());
    assertThat(mail.html()).contains(link);
    HttpResponse<byte[]> page = get(link);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(new String(page.body()))
        .contains("file-1.bin", "300 KB", "noindex", "<html lang=\"en\"");
    assertThat(page.headers().firstValue("X-Robots-Tag").orElseThrow()).contains("noindex");
    assertThat(page.headers().firstValue("Referrer-Policy").orElseThrow()).isEqualTo("no-referrer");
    HttpResponse<byte[]> file = get(link + "/0");
    assertThat(file.body()).isEqualTo(bytes(300_000));
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    String kept =
        postroom
            .bean(Database.class)
            .read(sql ->
                sql.sql("SELECT token_hash FROM download_links").query(String.class).single());
    assertThat(kept).hasSize(64).doesNotContain(link.substring(link.lastIndexOf('/') + 1));
  }

  @Test
  void guessedWithdrawnAndEndedLinksSayWhatTheyAre() throws Exception {
    linksOn();
    HttpResponse<String> sent = send(300_000);
    String link = link(mail(sent).text());
    HttpResponse<byte[]> guessed = get(PUBLIC + "/files/" + "A".repeat(43));
    assertThat(guessed.statusCode()).isEqualTo(404);
    assertThat(new String(guessed.body())).contains("There is nothing here");

    postroom
        .bean(Database.class)
        .run(sql -> sql.sql("UPDATE download_links SET expires_at = 1000").update());
    assertThat(get(link).statusCode()).isEqualTo(410);
    assertThat(new String(get(link).body())).contains("has ended");
    assertThat(get(link + "/0").statusCode()).isEqualTo(404);
    postroom.bean(Downloads.class).forgetEnded();
    assertThat(count("download_files")).isZero();
    assertThat(get(link).statusCode()).isEqualTo(404);

    HttpResponse<String> again = send(300_000);
    String second = link(mail(again).text());
    postroom
        .bean(Downloads.class)
        .withdraw(Caller.postroom(company()), json(again).get("id").stringValue());
    assertThat(new String(get(second).body())).contains("withdrawn by its sender");
    assertThat(count("download_files")).isZero();
  }

  @Test
  void whoAsksTooOftenWaits() throws Exception {
    String nothing = PUBLIC + "/files/" + "A".repeat(43);
    int asked = 0;
    while (asked < 100 && get(nothing).statusCode() == 404) asked++;
    assertThat(asked).isBetween(30, 60);
    assertThat(get(nothing).statusCode()).isEqualTo(429);
    assertThat(get(nothing).headers().firstValue("Retry-After")).contains("60");
  }

  @Test
  void germanReadersReadGerman() throws Exception {
    DownloadWords german = DownloadWords.in(java.util.Locale.GERMANY);
    assertThat(german.say("page.download")).isEqualTo("Herunterladen");
    assertThat(german.size(1_500_000)).isEqualTo("1,5 MB");
    assertThat(DownloadWords.in(java.util.Locale.JAPANESE).say("page.download"))
        .isEqualTo("Download");
  }

  private HttpResponse<String> send(int... sizes) {
    var files = new java.util.StringJoiner(", ");
    int number = 1;
    for (int size : sizes)
      files.add(
          "{\"filename\": \"file-%d.bin\", \"content\": \"%s\"}"
              .formatted(number++, Base64.getEncoder().encodeToString(bytes(size))));
    return postroom.post(
        "/api/v1/messages",
        "{\"subject\": \"Plans\", \"text\": \"Here they are.\", \"to\": [\"a@b.example\"], \"account\": \"%s\", \"attachments\": [%s]}"
            .formatted(account, files));
  }

  private MailContent mail(HttpResponse<String> sent) {
    String id = json(sent).get("id").stringValue();
    return MailContent.read(postroom.bytes("/api/v1/messages/" + id + "/content").body());
  }

  private static String link(String text) {
    var found = Pattern.compile(PUBLIC + "/files/[A-Za-z0-9_-]{43}").matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group();
  }

  private HttpResponse<byte[]> get(String link) throws Exception {
    URI here = URI.create(link.replace(PUBLIC, postroom.url()));
    return stranger.send(HttpRequest.newBuilder(here).build(), BodyHandlers.ofByteArray());
  }

  private long count(String table) {
    return postroom
        .bean(Database.class)
        .read(sql -> sql.sql("SELECT count(*) FROM " + table).query(Long.class).single());
  }

  private void linksOn() {
    postroom
        .bean(Sending.class)
        .choose(Caller.postroom(company()), new SendingChoices(0, true, 30));
  }

  private String company() {
    return postroom.bean(Access.class).companies().getFirst().id();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
