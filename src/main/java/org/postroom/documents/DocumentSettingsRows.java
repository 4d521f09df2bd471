package org.postroom.documents;

import org.postroom.db.Sql;

/** The table {@code document_settings}. */
final class DocumentSettingsRows {
  private final Sql sql;

  DocumentSettingsRows(Sql sql) {
    this.sql = sql;
  }

  DocumentSettings of(String company) {
    return sql.sql("SELECT einvoicing, filename FROM document_settings WHERE company_id = :company")
        .param("company", company)
        .query((row, n) ->
            new DocumentSettings(
                Einvoicing.of(row.getString(1)).orElse(Einvoicing.OFF), row.getString(2)))
        .optional()
        .orElse(DocumentSettings.INITIAL);
  }

  void save(String company, DocumentSettings settings) {
    sql.sql(
            """
            INSERT INTO document_settings (company_id, einvoicing, filename)
            VALUES (:company, :einvoicing, :filename)
            ON CONFLICT (company_id) DO UPDATE SET
              einvoicing = excluded.einvoicing, filename = excluded.filename
            """)
        .param("company", company)
        .param("einvoicing", settings.einvoicing().word())
        .param("filename", settings.filename())
        .update();
  }
}
