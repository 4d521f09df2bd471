package org.postroom.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** Whom an OpenID provider knows our people as. */
@Service
public class Identities {
  private final Database database;
  private final Audit audit;
  private final Invitations invitations;

  Identities(Database database, Audit audit, Invitations invitations) {
    this.database = database;
    this.audit = audit;
    this.invitations = invitations;
  }

  /**
   * What a provider vouches for.
   *
   * @param issuer exactly as in its tokens; with the subject the only name that never changes
   * @param email null where it tells none, or does not vouch for it: then it counts for nothing
   */
  public record Vouched(String issuer, String subject, @Nullable String email, String name) {}

  /**
   * Our person, by the subject, or the first time by the address. Whoever was invited under that
   * address comes in without a password.
   *
   * @return the person's id
   * @throws Problem 403 {@code nobody} where nobody knows or invited them, 403 {@code another}
   *     where the address belongs to somebody whom the provider knows under another subject:
   *     addresses are given to new people, subjects are not
   */
  public String person(Vouched who) {
    return database.write(sql -> {
      Optional<String> known = find(sql, who.issuer(), who.subject());
      String email = who.email();
      Optional<String> person =
          known.isPresent() || email == null
              ? known
              : PersonRows.byEmail(sql, Access.normalized(email)).map(PersonRows.Known::id);
      if (known.isEmpty() && person.isPresent()) requireFree(sql, who.issuer(), person.get());
      if (email != null)
        person = invitations.acceptAll(sql, person.orElse(null), email, named(who, email));
      String found = person.orElseThrow(Identities::nobody);
      if (known.isEmpty()) link(sql, who, found);
      if (PersonRows.firstCompany(sql, found).isEmpty()) throw nobody();
      return found;
    });
  }

  private void link(Sql sql, Vouched who, String person) {
    sql.sql(
            """
            INSERT INTO identities (issuer, subject, person_id, email, since)
            VALUES (:issuer, :subject, :person, :email, :now)
            """)
        .param("issuer", who.issuer())
        .param("subject", who.subject())
        .param("person", person)
        .param("email", who.email(), java.sql.Types.VARCHAR)
        .param("now", sql.now().toEpochMilli())
        .update();
    for (PersonRows.Member member : PersonRows.memberships(sql, person))
      audit.record(
          Access.caller(member),
          "person.identity_linked",
          person,
          null,
          who.subject() + " at " + who.issuer());
  }

  private static Optional<String> find(Sql sql, String issuer, String subject) {
    return sql.sql("SELECT person_id FROM identities WHERE issuer = :issuer AND subject = :subject")
        .param("issuer", issuer)
        .param("subject", subject)
        .query(String.class)
        .optional();
  }

  private static void requireFree(Sql sql, String issuer, String person) {
    boolean another =
        sql.sql("SELECT subject FROM identities WHERE issuer = :issuer AND person_id = :person")
            .param("issuer", issuer)
            .param("person", person)
            .query(String.class)
            .optional()
            .isPresent();
    if (another)
      throw Problem.of(
          403, "another", "The provider knew whoever has this address under another subject.");
  }

  private static String named(Vouched who, String email) {
    String name = who.name().strip().replaceAll("\\p{Cntrl}", " ");
    if (name.isEmpty()) return email.substring(0, email.indexOf('@'));
    return name.length() > 100 ? name.substring(0, 100) : name;
  }

  private static Problem nobody() {
    return Problem.of(403, "nobody", "Nobody of this address works here or was invited.");
  }
}
