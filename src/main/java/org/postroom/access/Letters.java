package org.postroom.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Letter.Kind;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Settings;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes one-time links, keeps their hashes and hands them to whoever carries letters. */
@Component
class Letters {
  private final Database database;
  private final Settings settings;
  private final ObjectProvider<Letterbox> letterbox;

  /** What carries letters uses access itself, so it can only be asked for later. */
  Letters(Database database, Settings settings, ObjectProvider<Letterbox> letterbox) {
    this.database = database;
    this.settings = settings;
    this.letterbox = letterbox;
  }

  /**
   * A link as it is kept.
   *
   * @param email whom it was mailed to, in lower case; for another address that one
   * @param person whom it is for, null where an invitation may be somebody new
   * @param role of an invitation
   * @param madeBy who asked, as people read it
   */
  record Kept(
      String company,
      String id,
      Kind kind,
      String email,
      @Nullable String person,
      @Nullable Role role,
      String madeBy,
      Instant madeAt,
      Instant endsAt,
      @Nullable String message) {}

  /** A link just made: the only copy of it. */
  record Made(Kept kept, String link) {}

  /** Keeps a new link, in the caller's transaction; earlier ones of its sort stop to work. */
  Made make(Sql sql, Kept wish, String base) {
    LetterRows.forget(sql, sql.now());
    LetterRows.withdraw(sql, wish);
    String secret = Token.next();
    Instant now = sql.now();
    var kept =
        new Kept(
            wish.company(),
            Ids.next("let"),
            wish.kind(),
            wish.email(),
            wish.person(),
            wish.role(),
            wish.madeBy(),
            now,
            now.plus(wish.kind().lasts()),
            null);
    LetterRows.insert(sql, kept, Token.hash(secret));
    return new Made(kept, base + path(kept.kind()) + secret);
  }

  /** What somebody wants made. */
  static Kept wish(
      String company,
      Kind kind,
      String email,
      @Nullable String person,
      @Nullable Role role,
      String by) {
    return new Kept(company, "", kind, email, person, role, by, Instant.EPOCH, Instant.EPOCH, null);
  }

  /** After the commit: composing takes longer than a transaction should. */
  Letter.Sent send(Made made, @Nullable String name) {
    Kept kept = made.kept();
    return post(
        new Letter(
            kept.company(),
            kept.id(),
            kept.kind(),
            to(name, kept.email()),
            made.link(),
            kept.madeBy(),
            kept.endsAt()));
  }

  /** One without a secret: tells of something that was done. */
  Letter.Sent tell(String company, Kind kind, @Nullable String name, String email, String by) {
    return post(
        new Letter(
            company, Ids.next("let"), kind, to(name, email), base() + "/me", by, database.now()));
  }

  /** The link that holds this secret; 404 where there is none, was used, or is over. */
  Kept find(Sql sql, Kind kind, String secret) {
    if (!Token.canBe(secret)) throw gone();
    return LetterRows.byHash(sql, Token.hash(secret), sql.now())
        .filter(kept -> kept.kind() == kind)
        .orElseThrow(Letters::gone);
  }

  /** The same, used up with this transaction: of several at once one gets it. */
  Kept take(Sql sql, Kind kind, String secret) {
    Kept kept = find(sql, kind, secret);
    if (LetterRows.delete(sql, kept.company(), kept.id()) == 0) throw gone();
    return kept;
  }

  /**
   * Where people reach us. Never what a stranger's request calls us: it would lead whoever gets the
   * link to the stranger.
   */
  String base() {
    return base(
        "http://localhost:" + settings.get(Settings.Name.POSTROOM_HTTP_PORT).orElse("8025"));
  }

  /** The same where the settings do not say it but somebody who is trusted does. */
  String base(String otherwise) {
    return settings.get(Settings.Name.POSTROOM_PUBLIC_URL).orElse(otherwise).replaceAll("/+$", "");
  }

  private Letter.Sent post(Letter letter) {
    Letterbox box = letterbox.getIfAvailable();
    if (box == null) return Letter.Sent.not("Nothing here sends mail.");
    Letter.Sent sent = box.send(letter);
    String message = sent.message();
    if (message != null)
      database.run(sql -> LetterRows.sent(sql, letter.company(), letter.id(), message));
    return sent;
  }

  private static Address to(@Nullable String name, String email) {
    return new Address(name, Address.of(email).spec());
  }

  private static String path(Kind kind) {
    return switch (kind) {
      case INVITATION -> "/invitation/";
      case NEW_PASSWORD -> "/new-password/";
      case NEW_ADDRESS -> "/new-address/";
      case ADDRESS_CHANGED, PASSWORD_CHANGED ->
          throw new IllegalArgumentException("There is no link in " + kind);
    };
  }

  private static Problem gone() {
    return Problem.of(
        404,
        "link_over",
        "This link does not work any more: it was used, replaced, or is too old.");
  }
}
