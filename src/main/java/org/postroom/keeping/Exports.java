package org.postroom.keeping;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Letter;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.db.Table;
import org.postroom.db.Table.Column;
import org.postroom.keeping.Erasure.Subject;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.PartnerPrivacy;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Giving out what is kept, in forms that others read: about a person or partner (GDPR, article 15),
 * or all of a company that leaves. ZIP files of JSON lines, mails as they left (.eml) and PDFs.
 * Secrets are never in them.
 */
@Service
public class Exports {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Sealed or hashed: worth nothing elsewhere, and nobody's business. */
  private static final Set<String> SECRET =
      Set.of(
          "secret",
          "hook_secret",
          "hook_secret_before",
          "access_token",
          "refresh_token",
          "rsa_private",
          "ed_private",
          "password",
          "hash",
          "token",
          "token_hash",
          "state_hash",
          "lease",
          "lease_owner",
          "lease_until");

  private final Database database;
  private final Partners partners;
  private final PartnerPrivacy privacy;
  private final Audit audit;

  Exports(Database database, Partners partners, PartnerPrivacy privacy, Audit audit) {
    this.database = database;
    this.partners = partners;
    this.privacy = privacy;
    this.audit = audit;
  }

  /**
   * Refuses whoever may not have it, and tells the audit trail; before the first byte is written.
   */
  public void begin(Caller caller, @Nullable Subject subject) {
    caller.require(Right.MANAGE_PEOPLE);
    String what = subject == null ? "company.exported" : "person.exported";
    database.run(sql -> audit.record(caller, what, caller.company(), null, null));
  }

  /** Everything of the company, table by table, as it stood at one moment. */
  public void company(Caller caller, OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      readMe(
          zip,
          "Everything Postroom keeps of this company: a file for each table, a row a line, bytes in base64.");
      Set<String> letters = letters(caller.company());
      database.still(still -> {
        for (Table table : still.tables()) {
          List<String> names = table.columns().stream().map(Column::name).toList();
          if (!names.contains("company_id") && !table.name().equals("companies")) continue;
          zip.putNextEntry(new ZipEntry("tables/" + table.name() + ".jsonl"));
          int id = table.name().equals("message_contents") ? names.indexOf("message_id") : -1;
          still.rowsOf(
              caller.company(),
              table,
              values -> {
                if (id < 0 || !letters.contains(String.valueOf(values[id])))
                  line(zip, row(names, values));
              });
          zip.closeEntry();
        }
        return true;
      });
    }
  }

  /** Mails with links that people sign in with: what they hold is nobody else's business. */
  private Set<String> letters(String company) {
    return new LinkedHashSet<>(
        database.read(sql ->
            sql.sql("SELECT id FROM messages WHERE company_id = :company AND origin_kind = :letter")
                .param("company", company)
                .param("letter", Letter.ORIGIN)
                .query(String.class)
                .list()));
  }

  /** Everything about an address or a partner. */
  public void about(Caller caller, Subject subject, OutputStream out) throws IOException {
    String company = caller.company();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      readMe(
          zip,
          "Everything Postroom keeps about one person or partner: messages.jsonl with their tries and history, each mail as it left (.eml), partners, documents and their PDFs.");
      Set<String> refs = refs(company, subject);
      Set<String> messages = messages(company, subject, refs);
      entry(zip, "messages.jsonl");
      for (String id : messages) line(zip, database.read(sql -> message(sql, company, id)));
      zip.closeEntry();
      for (String id : messages) mail(zip, company, id);
      entry(zip, "partners.jsonl");
      for (String ref : refs)
        partners.find(company, ref).ifPresent(each -> line(zip, PartnerJson.write(each)));
      zip.closeEntry();
      if (subject instanceof Subject.OfPartner one) documents(zip, company, one.ref());
    }
  }

  private Set<String> refs(String company, Subject subject) {
    return switch (subject) {
      case Subject.OfAddress one -> new LinkedHashSet<>(privacy.naming(company, one.address()));
      case Subject.OfPartner one -> new LinkedHashSet<>(List.of(one.ref()));
    };
  }

  private Set<String> messages(String company, Subject subject, Set<String> refs) {
    Set<String> ids = new LinkedHashSet<>();
    List<String> addresses = new ArrayList<>();
    if (subject instanceof Subject.OfAddress one) addresses.add(one.address());
    else
      for (String ref : refs) {
        database
            .read(sql -> ErasureRows.about(sql, company, ref))
            .forEach(found -> ids.add(found.id()));
        partners.find(company, ref).ifPresent(each -> addresses.addAll(privacy.addressesOf(each)));
      }
    for (String address : addresses)
      database
          .read(sql -> ErasureRows.to(sql, company, address))
          .forEach(found -> ids.add(found.id()));
    return ids;
  }

  private static Map<String, @Nullable Object> message(Sql sql, String company, String id) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("message", rows(sql, "messages", "id", company, id));
    for (String part : List.of("recipients", "attempts", "events"))
      json.put(part, rows(sql, "message_" + part, "message_id", company, id));
    return json;
  }

  private static List<Map<String, @Nullable Object>> rows(
      Sql sql, String table, String column, String company, String id) {
    return sql
        .sql("SELECT * FROM " + table + " WHERE company_id = :company AND " + column + " = :id")
        .param("company", company)
        .param("id", id)
        .query()
        .listOfRows()
        .stream()
        .map(row -> {
          Map<String, @Nullable Object> json = new LinkedHashMap<>();
          row.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!SECRET.contains(lower)) json.put(lower, value);
          });
          return json;
        })
        .toList();
  }

  private void mail(ZipOutputStream zip, String company, String id) throws IOException {
    Optional<byte[]> mime =
        database.read(sql ->
            sql.sql(
                    "SELECT mime FROM message_contents WHERE company_id = :company AND message_id = :id"
                        + " AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.company_id = :company"
                        + " AND m.id = :id AND m.origin_kind = 'letter')")
                .param("company", company)
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .optional());
    if (mime.isEmpty()) return;
    entry(zip, "mail/" + id + ".eml");
    zip.write(mime.get());
    zip.closeEntry();
  }

  private void documents(ZipOutputStream zip, String company, String ref) throws IOException {
    record Key(String kind, String number) {}
    List<Key> keys =
        database.read(sql ->
            sql.sql(
                    "SELECT kind, number FROM documents WHERE company_id = :company AND partner = :ref ORDER BY id")
                .param("company", company)
                .param("ref", ref)
                .query((row, n) -> new Key(row.getString(1), row.getString(2)))
                .list());
    entry(zip, "documents.jsonl");
    for (Key key : keys)
      line(
          zip,
          database.read(sql ->
              sql.sql(
                      "SELECT kind, number, head, lines FROM documents WHERE company_id = :company AND kind = :kind AND number = :number")
                  .param("company", company)
                  .param("kind", key.kind())
                  .param("number", key.number())
                  .query((row, n) -> {
                    Map<String, @Nullable Object> json = new LinkedHashMap<>();
                    json.put("kind", row.getString(1));
                    json.put("number", row.getString(2));
                    json.put("head", JSON.readTree(row.getString(3)));
                    json.put("lines", JSON.readTree(row.getString(4)));
                    return json;
                  })
                  .single()));
    zip.closeEntry();
    int count = 0;
    for (Key key : keys) {
      Optional<byte[]> pdf =
          database.read(sql ->
              sql.sql(
                      "SELECT body FROM document_pdfs WHERE company_id = :company AND kind = :kind AND number = :number")
                  .param("company", company)
                  .param("kind", key.kind())
                  .param("number", key.number())
                  .query((row, n) -> row.getBytes(1))
                  .optional());
      if (pdf.isEmpty()) continue;
      String safe = key.number().replaceAll("[^A-Za-z0-9._-]", "_");
      entry(zip, "documents/" + key.kind() + "-" + safe + "-" + ++count + ".pdf");
      zip.write(pdf.get());
      zip.closeEntry();
    }
  }

  private static Map<String, @Nullable Object> row(List<String> names, @Nullable Object[] values) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (SECRET.contains(names.get(i))) continue;
      Object value = values[i];
      json.put(
          names.get(i),
          value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value);
    }
    return json;
  }

  private static void line(OutputStream out, Object json) {
    try {
      out.write(JSON.writeValueAsBytes(json));
      out.write('\n');
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static void entry(ZipOutputStream zip, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
  }

  private static void readMe(ZipOutputStream zip, String text) throws IOException {
    entry(zip, "README.txt");
    zip.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
