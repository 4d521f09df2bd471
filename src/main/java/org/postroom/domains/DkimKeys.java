package org.postroom.domains;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.mail.DkimSignature;
import org.postroom.net.Dns;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Service;

/**
 * Our own DKIM keys, per company and domain. Made here; the private half is sealed and never comes
 * out. A key signs from the moment somebody switches it on, which needs its published record.
 */
@Service
public class DkimKeys {
  private static final int MOST_PER_DOMAIN = 10;

  private final Database database;
  private final Secrets secrets;
  private final Audit audit;
  private final Dns dns;
  private final ProviderTable table = new ProviderTable();

  public DkimKeys(Database database, Secrets secrets, Audit audit, Dns dns) {
    this.database = database;
    this.secrets = secrets;
    this.audit = audit;
    this.dns = dns;
  }

  /** In the order they were made. */
  public Slice<DkimKey> list(Caller caller, int limit, @Nullable String cursor) {
    caller.require(Right.MANAGE_ACCOUNTS);
    String checked = Slice.cursor(cursor, "dkim");
    String after = checked == null ? "" : checked;
    List<DkimKey> keys =
        database.read(sql -> DkimRows.list(sql, caller.company(), limit + 1, after));
    return Slice.of(keys, limit, DkimKey::id);
  }

  public DkimKey get(Caller caller, String id) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return database
        .read(sql -> DkimRows.find(sql, caller.company(), id))
        .orElseThrow(() -> Problem.notFound("The DKIM key " + id));
  }

  /** A company's keys for a domain, the oldest first. */
  public List<DkimKey> of(String company, String typedDomain) {
    return sealed(company, domain(typedDomain)).stream().map(DkimRows.Sealed::key).toList();
  }

  /** A new key, which does not sign yet. */
  public DkimKey create(Caller caller, String typedDomain, DkimKey.Algorithm algorithm) {
    caller.require(Right.MANAGE_ACCOUNTS);
    String domain = domain(typedDomain);
    NewKeyPair pair = NewKeyPair.of(algorithm);
    String id = Ids.next("dkim");
    // Several companies may share a domain: names must not collide in its DNS.
    String selector = "pr-" + id.substring(id.length() - 8);
    String sealed = secrets.seal(place(caller.company(), id), pair.privateKey());
    return database.write(sql -> {
      if (DkimRows.ofDomain(sql, caller.company(), domain).size() >= MOST_PER_DOMAIN)
        throw Problem.conflict(
            "too_many_keys", domain + " has ten keys already. Delete one that is not used.");
      var key = new DkimKey(id, domain, selector, algorithm, pair.publicKey(), false, sql.now());
      DkimRows.insert(sql, caller.company(), key, sealed);
      audit.record(caller, "dkim_key.created", id, null, words(key));
      return key;
    });
  }

  /** Begins to sign. Refused with 409 while the published record is not this key's. */
  public DkimKey activate(Caller caller, String id) {
    DkimKey key = get(caller, id);
    RecordCheck published = new DkimRules(dns, table).published(key);
    boolean there =
        published.verdict() == RecordCheck.Verdict.OK
            || published.verdict() == RecordCheck.Verdict.ADVICE;
    if (!there) throw Problem.conflict("dkim_not_published", published.sentence());
    return switched(caller, key, true);
  }

  public DkimKey deactivate(Caller caller, String id) {
    return switched(caller, get(caller, id), false);
  }

  /** Messages signed before are still checked by receivers: its record may stay for some days. */
  public void delete(Caller caller, String id) {
    DkimKey key = get(caller, id);
    database.run(sql -> {
      if (!DkimRows.delete(sql, caller.company(), id))
        throw Problem.conflict("dkim_key_active", "This key signs. Switch it off first.");
      audit.record(caller, "dkim_key.deleted", id, words(key), null);
    });
  }

  /**
   * The message with a signature of each active key of the account's domain in front; as it was
   * where there is none, or where the provider signs by itself or changes the message anyway.
   */
  public byte[] signed(Account account, byte[] mime) {
    if (!signs(account)) return mime;
    var headers = new StringBuilder();
    for (DkimRows.Sealed each : sealed(account.company(), domain(account.email().domain()))) {
      DkimKey key = each.key();
      if (!key.active()) continue;
      String secret = secrets.open(place(account.company(), key.id()), each.secret());
      var signature =
          new DkimSignature(key.domain(), key.selector(), privateKey(key.algorithm(), secret));
      headers.append(signature.header(mime, database.now()));
    }
    if (headers.isEmpty()) return mime;
    var out = new ByteArrayOutputStream(mime.length + headers.length());
    out.writeBytes(headers.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(mime);
    return out.toByteArray();
  }

  /** Microsoft and Google sign by themselves; Exchange takes messages apart. */
  public boolean signs(Account account) {
    return account.smtp() != null
        && table
            .ofServer(account.smtp().host())
            .map(provider -> provider.kind() == Account.Kind.SMTP)
            .orElse(true);
  }

  private DkimKey switched(Caller caller, DkimKey key, boolean active) {
    if (key.active() == active) return key;
    return database.write(sql -> {
      if (!DkimRows.activate(sql, caller.company(), key.id(), active))
        throw Problem.notFound("The DKIM key " + key.id());
      audit.record(
          caller,
          active ? "dkim_key.activated" : "dkim_key.deactivated",
          key.id(),
          active ? "off" : "on",
          active ? "on" : "off");
      return DkimRows.find(sql, caller.company(), key.id()).orElseThrow();
    });
  }

  private List<DkimRows.Sealed> sealed(String company, String domain) {
    return database.read((Sql sql) -> DkimRows.ofDomain(sql, company, domain));
  }

  private static String place(String company, String id) {
    return Secrets.place("dkim_keys", company, id, "private_key");
  }

  private static PrivateKey privateKey(DkimKey.Algorithm algorithm, String secret) {
    try {
      String kind = algorithm == DkimKey.Algorithm.RSA ? "RSA" : "Ed25519";
      return KeyFactory.getInstance(kind)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret)));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("A stored DKIM key cannot be read.", failure);
    }
  }

  private static String domain(String typed) {
    String text = typed.strip();
    if (org.postroom.mail.Address.trouble("a@" + text) != null || !text.contains("."))
      throw Problem.invalid(
          "/domain", "invalid", "“" + text + "” is not a domain such as acme.example.");
    return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
  }

  private static String words(DkimKey key) {
    return key.algorithm().word() + " " + key.record().name();
  }
}
