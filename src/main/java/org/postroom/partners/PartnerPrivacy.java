package org.postroom.partners;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.postroom.mail.Mentions;
import org.springframework.stereotype.Service;

/** What partners hold of a person, and taking it away when that person asks for it. */
@Service
public class PartnerPrivacy {
  private final Database database;

  PartnerPrivacy(Database database) {
    this.database = database;
  }

  /** Partners that name the address, by ref. */
  public List<String> naming(String company, String address) {
    return database.read(sql -> naming(sql, company, address));
  }

  /** All there are, by ref. */
  public List<String> refs(String company) {
    return database.read(sql ->
        sql.sql("SELECT ref FROM partners WHERE company_id = :company ORDER BY ref")
            .param("company", company)
            .query((row, n) -> row.getString(1))
            .list());
  }

  /** Every address of the partner, each once. */
  public Set<String> addressesOf(Partner partner) {
    Set<String> all = new LinkedHashSet<>();
    Partner.Emails emails = partner.emails();
    for (List<Address> some :
        List.of(emails.main(), emails.cc(), emails.billing(), emails.shipment()))
      some.forEach(address -> all.add(address.spec()));
    for (Partner.Place place : java.util.Arrays.asList(partner.billTo(), partner.shipTo()))
      if (place != null) place.emails().forEach(address -> all.add(address.spec()));
    for (Partner.Contact contact : partner.contacts()) {
      Address address = contact.email();
      if (address != null) all.add(address.spec());
    }
    return all;
  }

  /** Takes the address, and contacts that have it, from all partners; how many were changed. */
  public int forget(String company, String address) {
    return database.write(sql -> {
      int changed = 0;
      for (String ref : naming(sql, company, address))
        if (PartnerRows.find(sql, company, ref)
            .flatMap(partner -> PartnerRows.put(sql, company, without(partner, address)))
            .isPresent()) changed++;
      return changed;
    });
  }

  /** Takes the partner's own record away; its documents keep the ref. */
  public void remove(String company, String ref) {
    database.run(sql ->
        sql.sql("DELETE FROM partners WHERE company_id = :company AND ref = :ref")
            .param("company", company)
            .param("ref", ref)
            .update());
  }

  private static List<String> naming(Sql sql, String company, String address) {
    String position = sql.dialect() == Dialect.SQLITE ? "instr" : "strpos";
    return sql
        .sql(
            "SELECT ref, content FROM partners WHERE company_id = :company AND "
                + position
                + "(lower(content), :address) > 0 ORDER BY ref")
        .param("company", company)
        .param("address", address.toLowerCase(Locale.ROOT))
        .query((row, n) -> Mentions.in(row.getString(2), address) ? row.getString(1) : "")
        .list()
        .stream()
        .filter(ref -> !ref.isEmpty())
        .toList();
  }

  private static Partner without(Partner p, String address) {
    Partner.Emails emails = p.emails();
    return new Partner(
        p.ref(),
        p.type(),
        p.name(),
        p.language(),
        p.currency(),
        p.taxId(),
        p.phone(),
        new Partner.Emails(
            others(emails.main(), address),
            others(emails.cc(), address),
            others(emails.billing(), address),
            others(emails.shipment(), address)),
        without(p.billTo(), address),
        without(p.shipTo(), address),
        p.contacts().stream().filter(contact -> !is(contact.email(), address)).toList(),
        p.useContactEmail(),
        p.notifications(),
        p.sendFrom(),
        p.layouts(),
        p.templates(),
        p.attributes(),
        p.version(),
        p.updatedAt());
  }

  private static Partner.@Nullable Place without(Partner.@Nullable Place place, String address) {
    return place == null
        ? null
        : new Partner.Place(
            place.name(), place.address(), place.country(), others(place.emails(), address));
  }

  private static List<Address> others(List<Address> all, String address) {
    List<Address> others = new ArrayList<>(all);
    others.removeIf(each -> is(each, address));
    return others;
  }

  private static boolean is(@Nullable Address each, String address) {
    return each != null && each.spec().equalsIgnoreCase(address);
  }
}
