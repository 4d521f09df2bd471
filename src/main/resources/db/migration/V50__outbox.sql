-- The outbox: every message that was accepted, what became of it, and how. Keys start with the company.
CREATE TABLE messages (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  account_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  sender TEXT NOT NULL,
  return_path TEXT NOT NULL,
  message_id TEXT NOT NULL,
  size ${long} NOT NULL,
  bulk ${long} NOT NULL,
  document_kind TEXT,
  document_number TEXT,
  partner TEXT,
  purpose TEXT,
  origin_kind TEXT NOT NULL,
  origin_id TEXT NOT NULL,
  origin_name TEXT NOT NULL,
  template TEXT,
  layout TEXT,
  reasons TEXT NOT NULL,
  resend_of TEXT,
  created_at ${long} NOT NULL,
  due_at ${long} NOT NULL,
  settled_at ${long},
  attempts ${long} NOT NULL,
  tries ${long} NOT NULL,
  hold TEXT,
  note TEXT,
  lease_owner TEXT,
  lease_until ${long},
  fence ${long} NOT NULL,
  handed_over_at ${long},
  PRIMARY KEY (company_id, id)
) ${strict};

CREATE INDEX messages_waiting ON messages (company_id, account_id, bulk, due_at, id) WHERE state IN ('queued', 'delayed');
CREATE INDEX messages_leased ON messages (lease_until) WHERE state = 'sending';
CREATE INDEX messages_by_state ON messages (company_id, state, id);
CREATE INDEX messages_by_document ON messages (company_id, document_kind, document_number, id);
CREATE INDEX messages_by_partner ON messages (company_id, partner, id);
CREATE INDEX messages_by_message_id ON messages (company_id, message_id);

-- The finished MIME, apart from the row that changes: a state change must not rewrite it.
CREATE TABLE message_contents (
  company_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  mime ${bytes} NOT NULL,
  PRIMARY KEY (company_id, message_id)
) ${strict};

CREATE TABLE message_recipients (
  company_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  position ${long} NOT NULL,
  address TEXT NOT NULL,
  name TEXT,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  reply TEXT,
  changed_at ${long} NOT NULL,
  PRIMARY KEY (company_id, message_id, position)
) ${strict};
CREATE INDEX message_recipients_by_address ON message_recipients (company_id, address, message_id);

CREATE TABLE message_attempts (
  company_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  number ${long} NOT NULL,
  account_id TEXT NOT NULL,
  node TEXT NOT NULL,
  started_at ${long} NOT NULL,
  ended_at ${long} NOT NULL,
  outcome TEXT NOT NULL,
  kind TEXT,
  stage TEXT,
  scope TEXT,
  reply_code ${long} NOT NULL,
  reply_enhanced TEXT,
  reply_text TEXT NOT NULL,
  PRIMARY KEY (company_id, message_id, number)
) ${strict};
CREATE INDEX message_attempts_by_account ON message_attempts (company_id, account_id, ended_at);

CREATE TABLE message_events (
  company_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  id TEXT NOT NULL,
  at ${long} NOT NULL,
  type TEXT NOT NULL,
  detail TEXT NOT NULL,
  reply TEXT,
  PRIMARY KEY (company_id, message_id, id)
) ${strict};
