-- What a company's people are told, by kind, as far as somebody chose; what has no row is told.
CREATE TABLE notification_choices (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  told ${long} NOT NULL,
  PRIMARY KEY (company_id, kind)
) ${strict};
