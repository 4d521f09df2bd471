package org.postroom.documents;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What names a document; the first columns of all its tables. */
record Key(String company, DocumentKind kind, String number) {
  static final String MATCHES = " company_id = :company AND kind = :kind AND number = :number ";

  StatementSpec bind(StatementSpec statement) {
    return statement.param("company", company).param("kind", kind.word()).param("number", number);
  }
}
