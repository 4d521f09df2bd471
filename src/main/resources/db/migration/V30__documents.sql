-- Documents by the ERP's own key. "head" is the document without its lines, so that lists stay small.
CREATE TABLE documents (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  id TEXT NOT NULL,
  version ${long} NOT NULL,
  partner TEXT,
  issue_date TEXT,
  due_date TEXT,
  currency TEXT NOT NULL,
  amount_due TEXT,
  is_open ${long} NOT NULL,
  search TEXT NOT NULL,
  head TEXT NOT NULL,
  lines TEXT NOT NULL,
  created_at ${long} NOT NULL,
  updated_at ${long} NOT NULL,
  PRIMARY KEY (company_id, kind, number)
) ${strict};

CREATE UNIQUE INDEX documents_by_id ON documents (company_id, id);
CREATE INDEX documents_by_partner ON documents (company_id, partner, id);
CREATE INDEX documents_open ON documents (company_id, is_open, due_date);

-- What came in, byte for byte.
CREATE TABLE document_sources (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  content_type TEXT NOT NULL,
  body ${bytes} NOT NULL,
  PRIMARY KEY (company_id, kind, number)
) ${strict};

-- PDFs the ERP made itself.
CREATE TABLE document_pdfs (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  pages ${long} NOT NULL,
  body ${bytes} NOT NULL,
  PRIMARY KEY (company_id, kind, number)
) ${strict};

-- Payments told one by one. is_counted: not yet part of what the document itself says is paid.
CREATE TABLE document_payments (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  reference TEXT NOT NULL,
  amount TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  is_counted ${long} NOT NULL,
  recorded_at ${long} NOT NULL,
  PRIMARY KEY (company_id, kind, number, reference)
) ${strict};
