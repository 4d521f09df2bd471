-- Files somebody handed in and has not confirmed yet. They go when they are stored, or after a day.
CREATE TABLE partner_imports (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content ${bytes} NOT NULL,
  created_at ${long} NOT NULL,
  PRIMARY KEY (company_id, id)
) ${strict};

-- Documents whose mail had nobody to go to, until somebody deals with them: one per document and purpose.
CREATE TABLE unaddressed (
  company_id TEXT NOT NULL,
  document_kind TEXT NOT NULL,
  document_number TEXT NOT NULL,
  purpose TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  since ${long} NOT NULL,
  settled_at ${long},
  settled_by TEXT,
  PRIMARY KEY (company_id, document_kind, document_number, purpose)
) ${strict};
CREATE INDEX unaddressed_open ON unaddressed (company_id, since) WHERE settled_at IS NULL;
