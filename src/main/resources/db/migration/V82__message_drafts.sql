-- What people are writing and have not sent. Sending notes the message: a draft becomes one message at most.
CREATE TABLE message_drafts (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  document_kind TEXT,
  document_number TEXT,
  preset TEXT NOT NULL,
  typed TEXT NOT NULL,
  updated_at ${long} NOT NULL,
  message_id TEXT,
  PRIMARY KEY (company_id, id)
) ${strict};
CREATE INDEX message_drafts_by_age ON message_drafts (company_id, updated_at);

CREATE TABLE message_draft_files (
  company_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  id TEXT NOT NULL,
  filename TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size ${long} NOT NULL,
  content ${bytes} NOT NULL,
  PRIMARY KEY (company_id, draft_id, id)
) ${strict};
