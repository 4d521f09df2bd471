package org.postroom.documents;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The tables {@code document_sources} and {@code document_pdfs}: bytes beside documents. */
final class FileRows {
  private final Sql sql;

  FileRows(Sql sql) {
    this.sql = sql;
  }

  void keep(Key key, Source source) {
    key.bind(
            sql.sql(
                """
                INSERT INTO document_sources (company_id, kind, number, content_type, body)
                VALUES (:company, :kind, :number, :type, :body)
                ON CONFLICT (company_id, kind, number) DO UPDATE SET
                  content_type = excluded.content_type, body = excluded.body
                """))
        .param("type", source.contentType())
        .param("body", source.body())
        .update();
  }

  /** Without a PDF an older one goes: it no longer shows what the document says. */
  void keep(Key key, @Nullable FinishedPdf pdf) {
    if (pdf == null) {
      key.bind(sql.sql("DELETE FROM document_pdfs WHERE" + Key.MATCHES)).update();
      return;
    }
    key.bind(
            sql.sql(
                """
                INSERT INTO document_pdfs (company_id, kind, number, pages, body)
                VALUES (:company, :kind, :number, :pages, :body)
                ON CONFLICT (company_id, kind, number) DO UPDATE SET
                  pages = excluded.pages, body = excluded.body
                """))
        .param("pages", pdf.pages())
        .param("body", pdf.bytes())
        .update();
  }

  Optional<Source> source(Key key) {
    return key.bind(sql.sql("SELECT content_type, body FROM document_sources WHERE" + Key.MATCHES))
        .query((row, n) -> new Source(row.getString(1), row.getBytes(2), null))
        .optional();
  }

  Optional<FinishedPdf> pdf(Key key) {
    return key.bind(sql.sql("SELECT pages, body FROM document_pdfs WHERE" + Key.MATCHES))
        .query((row, n) -> new FinishedPdf(row.getBytes(2), row.getInt(1)))
        .optional();
  }

  Optional<Integer> pages(Key key) {
    return key.bind(sql.sql("SELECT pages FROM document_pdfs WHERE" + Key.MATCHES))
        .query((row, n) -> row.getInt(1))
        .optional();
  }
}
