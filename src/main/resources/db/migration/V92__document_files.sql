-- Files that go along with one document.
CREATE TABLE document_files (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size ${long} NOT NULL,
  added_at ${long} NOT NULL,
  body ${bytes} NOT NULL,
  PRIMARY KEY (company_id, kind, number, name)
) ${strict};

-- Files of the company that go along with kinds of documents, such as terms and conditions.
-- "kinds" and "languages" are words kept apart by spaces.
CREATE TABLE standing_files (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size ${long} NOT NULL,
  kinds TEXT NOT NULL,
  languages TEXT NOT NULL,
  added_at ${long} NOT NULL,
  changed_at ${long} NOT NULL,
  body ${bytes} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

-- How a company's PDFs are named and whether its invoices carry their figures as XML.
CREATE TABLE document_settings (
  company_id TEXT NOT NULL,
  einvoicing TEXT NOT NULL,
  filename TEXT NOT NULL,
  PRIMARY KEY (company_id)
) ${strict};
