package org.postroom.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Database;
import org.postroom.mail.Address;
import org.postroom.mail.Dkim;
import org.postroom.mail.DkimKey;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.postroom.signing.SigningKey.Entry;
import org.postroom.signing.SigningKeyRows.Sealed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Signs finished messages with the active key of their From domain. */
@Service
public class Signing {
  private static final Logger LOG = LoggerFactory.getLogger(Signing.class);
  private final Database database;
  private final Secrets secrets;

  Signing(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * The message signed with both keys of the domain; as it came where the domain has none.
   *
   * @param from the header From: its very domain counts, no parent of it
   * @param mime lines ended by CRLF, without signatures
   */
  public byte[] sign(String company, Address from, byte[] mime) {
    String domain = domain(from);
    Optional<Sealed> active = database.read(sql -> SigningKeyRows.active(sql, company, domain));
    if (active.isEmpty()) return mime;
    try {
      return Dkim.signed(mime, opened(active.get()));
    } catch (CannotOpen gone) {
      // Unsigned mail arrives at most places; mail that is not sent arrives nowhere.
      LOG.error("Mail from {} leaves unsigned: {}", domain, gone.getMessage());
      return mime;
    }
  }

  /**
   * All keys of a From domain, the oldest first: those that sign, wait or retired.
   *
   * @param from as for {@link #sign}
   */
  public List<SigningKey> keys(String company, Address from) {
    return database.read(sql -> SigningKeyRows.ofDomain(sql, company, domain(from)));
  }

  private static String domain(Address from) {
    String wire = from.wire();
    return wire.substring(wire.lastIndexOf('@') + 1);
  }

  private List<DkimKey> opened(Sealed sealed) {
    List<DkimKey> keys = new ArrayList<>();
    SigningKey key = sealed.key();
    for (Entry entry : key.entries()) {
      String field = entry.algorithm() == DkimKey.Algorithm.RSA ? "rsa" : "ed";
      String secret = secrets.open(SigningKeys.place(key, field), sealed.secret(entry.algorithm()));
      keys.add(DkimKey.of(entry.algorithm(), key.domain(), entry.selector(), secret));
    }
    return keys;
  }
}
