package org.postroom.partners;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.http.Slice;
import org.postroom.mail.Address;
import org.springframework.stereotype.Service;

/** Customers and vendors of a company. */
@Service
public class Partners {
  private final Database database;
  private final RecipientOrders orders;
  private final List<SendFromCheck> sendFromChecks;
  private final List<PartnerCheck> checks;

  Partners(
      Database database,
      RecipientOrders orders,
      List<SendFromCheck> sendFromChecks,
      List<PartnerCheck> checks) {
    this.checks = List.copyOf(checks);
    this.database = database;
    this.orders = orders;
    this.sendFromChecks = sendFromChecks;
  }

  /** A partner as it now stands, and whether it was new. */
  public record Saved(Partner partner, boolean isNew) {}

  /**
   * Makes or replaces the partner of that ref. One that already stands so keeps its version.
   *
   * @throws Problem 422 with every field that is wrong; 403 without the right to write documents
   */
  public Saved put(Caller caller, Partner partner) {
    caller.require(Right.WRITE_DOCUMENTS);
    refuse(PartnerChecks.errors(partner));
    String company = caller.company();
    requireAccount(company, partner.sendFrom());
    refuse(checks.stream().flatMap(check -> check.errors(company, partner).stream()).toList());
    return database.write(sql ->
        PartnerRows.put(sql, company, partner)
            .map(stored -> new Saved(stored, stored.version() == 1))
            .orElseGet(() ->
                new Saved(PartnerRows.find(sql, company, partner.ref()).orElseThrow(), false)));
  }

  public Optional<Partner> find(String company, String ref) {
    return database.read(sql -> PartnerRows.find(sql, company, ref));
  }

  /** By name. The cursor is that of the slice before; null for the first. */
  public Slice<Partner> list(
      String company, PartnerFilter filter, int limit, @Nullable String cursor) {
    PartnerRows.After after = cursor == null ? null : decode(cursor);
    List<Partner> oneMore =
        database.read(sql -> PartnerRows.list(sql, company, filter, limit + 1, after));
    return Slice.of(oneMore, limit, Partners::encode);
  }

  /**
   * Brings in a party that came with a document, unless a partner of that ref exists. Joins the
   * caller's transaction. Codes that are none (language, currency, countries) are left out: they
   * are no reason to refuse the document.
   *
   * @return whether it was new
   * @throws Problem 422 where it cannot be kept at all
   */
  public boolean adopt(String company, Partner newcomer) {
    Partner adopted = PartnerChecks.errors(newcomer).isEmpty() ? newcomer : newcomer.withoutCodes();
    refuse(PartnerChecks.errors(adopted));
    return database.write(sql -> PartnerRows.insertUnlessThere(sql, company, adopted));
  }

  /** A partner whose mail leaves from this account, if there is one: then it cannot be deleted. */
  public Optional<Partner> sentFrom(String company, String account) {
    return database.read(sql -> PartnerRows.anySentFrom(sql, company, account));
  }

  /** A partner for whom a template was chosen, if there is one. */
  public Optional<Partner> withTemplate(String company, String template) {
    return database
        .read(sql -> PartnerRows.anyNaming(sql, company, template))
        .filter(partner -> partner.templates().containsValue(template));
  }

  /** A partner for whom a layout was chosen, if there is one. */
  public Optional<Partner> withLayout(String company, String layout) {
    return database
        .read(sql -> PartnerRows.anyNaming(sql, company, layout))
        .filter(partner -> partner.layouts().containsValue(layout));
  }

  /** Partners whose mail leaves from an account of their own choice, by name; at most so many. */
  public List<Partner> withSendFrom(String company, int most) {
    return database.read(sql -> PartnerRows.withSendFrom(sql, company, most));
  }

  /**
   * Who gets a mail of this purpose, by the company's recipient order; see {@link
   * RecipientOrder#resolve}.
   */
  public Recipients resolve(
      String company,
      Purpose purpose,
      @Nullable Partner partner,
      OnDocument onDocument,
      List<Address> templateCc,
      List<Address> templateBcc) {
    return orders.of(company, purpose).resolve(partner, onDocument, templateCc, templateBcc);
  }

  private void requireAccount(String company, @Nullable String account) {
    if (account == null) return;
    if (sendFromChecks.stream().allMatch(check -> check.exists(company, account))) return;
    throw Problem.invalid("/send_from", "unknown_value", "There is no account “" + account + "”.");
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  private static String encode(Partner last) {
    PartnerRows.After after = PartnerRows.after(last);
    String text = after.sortName() + "\n" + after.ref();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PartnerRows.After decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      if (end >= 0 && text.indexOf('\0') < 0)
        return new PartnerRows.After(text.substring(0, end), text.substring(end + 1));
    } catch (IllegalArgumentException notOurs) {
      // Told below.
    }
    throw Problem.invalid("cursor", "invalid", "This cursor is not one of ours.");
  }
}
