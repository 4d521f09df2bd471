package org.postroom.compose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Service;

/**
 * Files too large for a mail: kept here and fetched over a link nobody can guess. Whoever has the
 * link has the files, until it ends or is withdrawn.
 */
@Service
public class Downloads {
  private static final Duration TOLD = Duration.ofDays(90);
  private static final int TOKEN_BYTES = 32;

  /** Base64 makes three bytes four, and lines of 76 characters end in two more (RFC 2045, 6.8). */
  private static final double ON_THE_WIRE = 4 / 3.0 * 78 / 76;

  private static final SecureRandom RANDOM = new SecureRandom();
  private final Sending sending;
  private final Settings settings;
  private final Outbox outbox;
  private final Audit audit;
  private final Database database;

  Downloads(Sending sending, Settings settings, Outbox outbox, Audit audit, Database database) {
    this.sending = sending;
    this.settings = settings;
    this.outbox = outbox;
    this.audit = audit;
    this.database = database;
  }

  /**
   * Which files must go by link so that the rest fits, the largest first.
   *
   * @param size of the whole message on the wire
   * @return null where links are switched off, or nobody could reach them
   */
  @Nullable Linked plan(Account account, List<Attachment> files, long size, Locale language) {
    SendingChoices choices = sending.choices(account.company());
    String base = settings.get(Settings.Name.POSTROOM_PUBLIC_URL).orElse("");
    if (!choices.links() || base.isEmpty()) return null;
    List<Attachment> linked = new ArrayList<>();
    List<Attachment> largest = new ArrayList<>(files);
    largest.sort(Comparator.comparingInt((Attachment file) -> file.content().length).reversed());
    long left = size;
    for (Attachment file : largest) {
      if (left <= room(account)) break;
      linked.add(file);
      left -= (long) (file.content().length * ON_THE_WIRE);
    }
    List<Attachment> kept = files.stream().filter(file -> !linked.contains(file)).toList();
    String token = token();
    return new Linked(
        token,
        files.stream().filter(linked::contains).toList(),
        kept,
        base.replaceAll("/+$", "") + "/files/" + token,
        database.now().plus(Duration.ofDays(choices.linkDays())),
        language);
  }

  /** The words about the link need some room, too. */
  private static long room(Account account) {
    return account.limits().messageBytes() - 8_000;
  }

  /** Keeps the files, in the caller's transaction if there is one. */
  void keep(String company, String message, Linked linked) {
    database.run(sql -> DownloadRows.insert(sql, company, message, linked, hash(linked.token())));
  }

  /** What is behind a link, whoever asks. */
  public Optional<Download> find(String token) {
    if (!token.matches("[A-Za-z0-9_-]{43}")) return Optional.empty();
    return database.read(sql -> DownloadRows.byToken(sql, hash(token)));
  }

  /** One of its files; 404 where it is not there any more. */
  public Attachment fetch(Download download, int position) {
    if (download.state() != Download.State.OPEN) throw Problem.notFound("This file");
    Attachment file =
        database
            .read(sql -> DownloadRows.content(sql, download, position))
            .orElseThrow(() -> Problem.notFound("This file"));
    database.run(sql -> DownloadRows.opened(sql, download));
    return file;
  }

  /** What of a message goes by link. */
  public Optional<Download> of(Message message) {
    return database.read(sql -> DownloadRows.ofMessage(sql, message.company(), message.id()));
  }

  /** Ends a link before its time and deletes its files. */
  public void withdraw(Caller caller, String id) {
    Message message = outbox.get(caller, id);
    if (!message.origin().id().equals(caller.id())) caller.require(Right.CHANGE_OTHERS_MAIL);
    Download download = of(message).orElseThrow(() -> Problem.notFound("A link of " + id));
    database.run(sql -> {
      DownloadRows.withdraw(sql, download);
      audit.record(caller, "download.withdrawn", id, null, null);
    });
  }

  /** Deletes the files of links that ended, and after a while the links. */
  public void forgetEnded() {
    database.run(sql -> DownloadRows.forget(sql, sql.now(), sql.now().minus(TOLD)));
  }

  private static String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
